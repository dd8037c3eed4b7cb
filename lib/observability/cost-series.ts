import type { PricedInterval } from "@/lib/costs/price-replica-time";
import type { Metrics } from "@/lib/observability/metrics-source";
import type { Points } from "@/lib/observability/measures";

/**
 * Pure: cost on the axis of the measures. What the replicas of the ledger cost in each step, by the hour and per 1,000 requests answered in
 * it. A step with a replica that has no price is null, and so is one without a request.
 */
export function withCost(metrics: Metrics, intervals: readonly PricedInterval[], now: Date): Metrics {
  const answered = new Map(metrics.series.requestsPerSecond);
  const failed = new Map(metrics.series.errorRate);
  const perHour: Points = metrics.series.requestsPerSecond.map(([t]) => [t, costPerHour(intervals, t * 1000, (t + metrics.stepSeconds) * 1000, now.getTime())]);
  const per1000: Points = perHour.map(([t, cost]) => {
    const rate = answered.get(t);
    const good = rate == null ? 0 : rate * (1 - (failed.get(t) ?? 0));
    return [t, cost === null || good <= 0 ? null : (cost / 3600 / good) * 1000];
  });
  return { ...metrics, series: { ...metrics.series, costPerHour: perHour, costPer1000: per1000 } };
}

function costPerHour(intervals: readonly PricedInterval[], from: number, to: number, now: number): number | null {
  let sum = 0;
  let there = false;
  for (const i of intervals) {
    const overlap = Math.min(to, i.endedAt?.getTime() ?? now) - Math.max(from, i.startedAt.getTime());
    if (overlap <= 0) continue;
    if (i.priceUsdPerHour === null) return null;
    there = true;
    sum += (i.priceUsdPerHour * overlap) / (to - from);
  }
  return there ? sum : null;
}
