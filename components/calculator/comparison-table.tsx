import { acceleratorWords, CAPACITY_SHORT } from "@/components/profiles/profile-words";
import { HourPrice } from "@/components/profiles/profile-price";
import { Badge } from "@/components/ui/badge";
import type { ComparedProfile } from "@/lib/costs/compare-profiles";
import { NO_PRICE } from "@/lib/costs/quote";
import type { Working } from "@/lib/costs/schema";
import { formatDurationMs } from "@/lib/format/duration";
import { formatMoney, formatMoneyPerMonth } from "@/lib/format/money";

/** The steps of one line's month. */
function Workings({ of }: { of: readonly Working[] }) {
  return <dl className="mt-2 grid gap-2">{of.map((w) => <div key={w.label} className="grid gap-x-4 sm:grid-cols-[13rem_minmax(0,1fr)_auto]"><dt>{w.label}</dt><dd className="text-ink-muted wrap-anywhere">{w.formula}</dd><dd className="figure">{w.value === null ? "unknown" : `${Number(w.value.toPrecision(6)).toLocaleString("en-US")} ${w.unit}`}</dd></div>)}</dl>;
}

/** Profiles the model fits, cheapest first, each with its month. Below 640 px each row is a card. */
export function ComparisonTable({ rows }: { rows: readonly ComparedProfile[] }) {
  return (
    <table className="w-full border-separate border-spacing-0 max-sm:block">
      <caption className="sr-only">Profiles the model fits, with their monthly bill</caption>
      <thead className="max-sm:sr-only">
        <tr className="text-xs text-ink-muted">{["Instance", "Capacity", "Price", "A month", "Per 1,000"].map((h, i) => <th key={h} scope="col" className={`h-9 border-b border-line px-3 font-medium first:pl-4 last:pr-4 ${i > 1 ? "text-right" : "text-left"}`}>{h}</th>)}</tr>
      </thead>
      <tbody className="max-sm:block">{rows.map((r) => <Row key={r.profile.slug} r={r} />)}</tbody>
    </table>
  );
}

function Row({ r: { profile: p, fit, forecast: f, keepsUp, meetsLatency, expectedP95Seconds } }: { r: ComparedProfile }) {
  const cell = "px-3 pt-2 pb-1 align-top sm:first:pl-4 sm:last:pr-4 max-sm:border-0 max-sm:p-0";
  const word = "mr-2 text-sm text-ink-muted sm:hidden";
  return (
    <>
    <tr className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:p-4 max-sm:pb-2">
      <th scope="row" className={`${cell} text-left font-normal`}>
        <span className="font-mono font-medium">{p.instanceType}</span> {fit.verdict === "tight" ? <Badge tone="warning">tight</Badge> : null} {keepsUp ? null : <Badge tone="warning">too slow</Badge>} {keepsUp && meetsLatency === false ? <Badge tone="warning">over the wanted p95</Badge> : null}
        <span className="block text-sm text-ink-muted">{acceleratorWords(p)}{expectedP95Seconds === null ? null : <span className="block whitespace-nowrap">p95 about {formatDurationMs(expectedP95Seconds * 1000)}</span>}</span>
      </th>
      <td className={`${cell} max-sm:col-start-1 max-sm:row-start-2`}><span className="whitespace-nowrap">{CAPACITY_SHORT[p.capacityType]}</span>{p.spot ? <span className="block text-sm whitespace-nowrap text-ink-muted">{p.spot.band} interrupted</span> : null}</td>
      <td className={`${cell} text-right max-sm:col-start-2 max-sm:row-start-2`}>{p.price ? <HourPrice price={p.price} /> : <span className="text-ink-muted">{NO_PRICE}</span>}</td>
      <td className={`${cell} text-right max-sm:col-start-2 max-sm:row-start-1`}>
        {f.likely.monthly === null ? <span className="text-ink-muted">unknown</span> : <><span className="figure text-base font-semibold">{formatMoneyPerMonth(f.likely.monthly)}</span>{f.low.monthly === f.high.monthly ? null : <span className="figure block whitespace-nowrap text-sm text-ink-muted">{formatMoneyPerMonth(f.low.monthly).replace("/mo", "")} to {formatMoneyPerMonth(f.high.monthly).replace("/mo", "")}</span>}</>}
      </td>
      <td className={`${cell} text-right max-sm:col-span-2 max-sm:text-left`}><span className={word}>1,000 predictions</span><span className="figure">{formatMoney(f.likely.per1000Predictions, "–")}</span></td>
    </tr>
    <tr className="max-sm:block">
      <td colSpan={5} className="border-b border-line px-4 pb-2 max-sm:block">
        <details className="text-sm">
          <summary className="w-fit cursor-pointer rounded-sm text-ink-muted hover:text-ink">How it is worked out<span className="sr-only"> on {p.slug}</span></summary>
          <Workings of={f.likely.workings} />
          <p className="mt-2 text-ink-muted">Fit: {fit.decidedBy}</p>
        </details>
      </td>
    </tr>
    </>
  );
}
