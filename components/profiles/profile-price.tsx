import { NO_PRICE, type Quote } from "@/lib/costs/quote";
import { formatMoneyPerHour, formatMoneyPerMonth } from "@/lib/format/money";

/** An hourly price, marked where it is an estimate; its source and date on hover. How old prices are is said once a page. null: no price on file. */
export function HourPrice({ price }: { price: Quote | null }) {
  if (!price) return <span className="text-ink-faint">{NO_PRICE}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={`${price.source}, ${price.asOf.slice(0, 10)}${price.note ? `. ${price.note}` : ""}`}>
      <span className="figure">{price.estimate ? "≈ " : ""}{formatMoneyPerHour(price.value)}</span>
    </span>
  );
}

export function MonthPrice({ usd }: { usd: number | null }) {
  return usd === null ? <span className="text-ink-faint">–</span> : <span className="figure whitespace-nowrap">{formatMoneyPerMonth(usd)}</span>;
}
