import { divideRounded, toNanodollars, toUsd } from "@/lib/costs/money";

/**
 * Shares a cost into used and idle by the replica-seconds in which something was computed, and per 1,000 predictions. used + idle = total.
 * null: not measured. Exact to the nanodollar. Pure.
 */
export function withUse<C extends { total: number | null; replicaSeconds: number }>(cost: C, { busySeconds, predictions }: { busySeconds: number | null; predictions: number | null }): C & { used: number | null; idle: number | null; per1000Predictions: number | null } {
  const total = cost.total === null ? null : toNanodollars(cost.total);
  const lifeMs = Math.round(cost.replicaSeconds * 1000);
  const busyMs = busySeconds === null ? null : BigInt(Math.round(Math.min(Math.max(busySeconds, 0), cost.replicaSeconds) * 1000));
  const used = total === null || busyMs === null ? null : lifeMs === 0 ? 0n : divideRounded(total * busyMs, BigInt(lifeMs));
  return {
    ...cost, used: used === null ? null : toUsd(used), idle: used === null || total === null ? null : toUsd(total - used),
    per1000Predictions: total === null || !predictions ? null : toUsd(divideRounded(total * 1000n, BigInt(Math.round(predictions)))),
  };
}
