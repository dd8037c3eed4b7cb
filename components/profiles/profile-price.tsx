import { StaleMark } from "@/components/profiles/stale-mark";
import { NO_PRICE, type Quote } from "@/lib/costs/quote";
import { formatMoneyPerHour, formatMoneyPerMonth } from "@/lib/format/money";

/** An hourly price with what it is: marked when it is an estimate or old. null: no price on file. */
export function HourPrice({ price, age = true }: { price: Quote | null; /** Left out where the age is said elsewhere. */ age?: boolean }) {
  if (!price) return <span className="text-ink-faint">{NO_PRICE}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={`${price.source}, ${price.asOf.slice(0, 10)}${price.note ? `. ${price.note}` : ""}`}>
      {price.stale && age ? <StaleMark ageDays={price.ageDays} /> : null}
      <span className="figure">{price.estimate ? "≈ " : ""}{formatMoneyPerHour(price.value)}</span>
    </span>
  );
}

export function MonthPrice({ usd }: { usd: number | null }) {
  return usd === null ? <span className="text-ink-faint">–</span> : <span className="figure whitespace-nowrap">{formatMoneyPerMonth(usd)}</span>;
}
