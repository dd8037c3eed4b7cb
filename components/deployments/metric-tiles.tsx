import { StatRow, StatTile } from "@/components/ui/stat-tile";
import { whyNoUnitCost, type ReplicaTimeCost } from "@/components/deployments/cost-words";
import { formatDurationSeconds } from "@/lib/format/duration";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatCount, formatPercent, formatRate } from "@/lib/format/number";
import type { Metrics } from "@/lib/observability/metrics-source";

/** Mean of the steps that were measured: what was not is no zero. */
function meanOf(points: Metrics["series"]["requestsPerSecond"]): number | null {
  const values = points.flatMap(([, v]) => (v === null ? [] : [v]));
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

/** The figures of the window, and beside them what they cost. */
export function MetricTiles({ metrics, within, cost, costLoading }: { metrics: Metrics | undefined; /** Behind a count: "in an hour". */ within: string; cost: ReplicaTimeCost | undefined; costLoading: boolean }) {
  const loading = !metrics;
  const t = metrics?.totals;
  const rate = metrics ? meanOf(metrics.series.requestsPerSecond) : null;
  const quiet = rate === null ? "not measured" : "no requests";
  const priceLabel = cost?.estimate ? "estimate" : "price on file";
  const latency = (label: string, seconds: number | null | undefined, note: string) => {
    const [figure, unit] = seconds == null ? [null, undefined] : formatDurationSeconds(seconds).split(/ (?=\S+$)/);
    return <StatTile label={label} loading={loading} figure={figure ?? null} unit={unit} unknown={quiet} note={seconds == null ? undefined : note} />;
  };
  return (
    <StatRow className="lg:grid-cols-7!">
      <StatTile label="Requests" loading={loading} figure={rate === null ? null : formatRate(rate).replace("/s", "")} unit="/s" unknown="not measured" note={t && t.requests !== null && rate !== null ? `${formatCount(t.requests)} in ${within}` : undefined} />
      {latency("p50", t?.p50, "half are faster")}
      {latency("p95", t?.p95, "1 in 20 is slower")}
      {latency("p99", t?.p99, "1 in 100 is slower")}
      <StatTile label="Errors" loading={loading} figure={!t?.requests || t.errors === null ? null : formatPercent(t.errors / t.requests)} unknown={t?.requests ? "not measured" : quiet} note={t?.requests && t.errors !== null ? `${formatCount(t.errors)} of ${formatCount(t.requests)}` : undefined} />
      <StatTile label="Cost now" loading={costLoading} figure={cost?.perHour == null ? null : formatMoneyPerHour(cost.perHour).replace("/h", "")} unit="/h" unknown={cost ? "no price on file" : "could not be read"} note={priceLabel} />
      <StatTile label="Per 1,000" loading={costLoading} figure={cost?.per1000Predictions == null ? null : formatMoney(cost.per1000Predictions)} unknown={cost ? whyNoUnitCost(cost) : "could not be read"} note={cost?.per1000Predictions == null ? undefined : `predictions, ${priceLabel}`} />
    </StatRow>
  );
}
