import { StatRow, StatTile, type StatTileProps } from "@/components/ui/stat-tile";
import { ofPart } from "@/components/costs/known-words";
import type { CostSummary } from "@/lib/costs/summary/schema";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatCount, formatPercent } from "@/lib/format/number";

const UNPRICED = "no price for a part";

/** How much more or less than before. Spending more is not bad in itself: it is only said. */
export function changeOf(now: number | null, before: number | null): StatTileProps["delta"] {
  if (now === null || !before) return undefined;
  const share = (now - before) / before;
  if (Math.abs(share) < 0.005) return { text: "as before", direction: "flat", tone: "neutral" };
  return { text: share > 9.995 ? `${formatCount(Math.round(now / before))}×` : formatPercent(Math.abs(share)), direction: share > 0 ? "up" : "down", tone: "neutral" };
}

/** The period in figures; each unknown one says why. */
export function CostFigures({ summary: { total, month } }: { summary: CostSummary }) {
  const label = total.estimate ? "estimate" : "price on file";
  const of = (what: string) => (total.estimate ? `${what}, estimate` : what);
  // Where use is not known of everything, of the part that it is, and how much that is.
  const use = total.known.use ?? total;
  const asked = total.known.predictions ?? total;
  const unmeasured = total.total === null ? UNPRICED : "not measured";
  return (
    <StatRow>
      <StatTile label={of("Cost")} figure={total.total === null ? null : formatMoney(total.total)} unknown={UNPRICED} delta={changeOf(total.total, total.previousTotal)} note={total.previousTotal ? `${formatMoney(total.previousTotal)} in the time before` : label} />
      <StatTile label={of("Month to date")} figure={month.toDate === null ? null : formatMoney(month.toDate)} unknown={UNPRICED} delta={changeOf(month.toDate, month.lastMonthSamePart)} note={month.lastMonthSamePart ? `${formatMoney(month.lastMonthSamePart)} by this day of last month` : "nothing by this day of last month"} />
      <StatTile label="Idle share" figure={use.idle === null || !use.total ? null : formatPercent(use.idle / use.total)} unknown={unmeasured} note={use.idle === null ? undefined : total.known.use ? ofPart(use.total, total.total) : `${formatMoney(use.idle)} paid for and unused`} />
      <StatTile label={total.estimate ? "Per 1,000, estimate" : "Per 1,000 predictions"} figure={asked.per1000Predictions === null ? null : formatMoney(asked.per1000Predictions)} unknown={asked.predictions === null ? "not measured" : asked.predictions > 0 ? UNPRICED : "no predictions"} note={asked.predictions === null ? undefined : total.known.predictions ? ofPart(asked.total, total.total) : `${formatCount(asked.predictions)} predictions`} />
      <StatTile label={of("Now")} figure={total.perHour === null ? null : formatMoneyPerHour(total.perHour)} unknown={UNPRICED} note="replicas that exist now" />
    </StatRow>
  );
}
