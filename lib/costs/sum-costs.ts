import { addUsd } from "@/lib/costs/allocation-math";
import { priceReplicaTime, type ReplicaTimeCost } from "@/lib/costs/price-replica-time";
import { divideRounded, toNanodollars, toUsd } from "@/lib/costs/money";

/** Costs of the same window as one: exact, so that the lines of a table add up to its total. What one of them does not know is unknown. Pure. */
export function sumCosts(parts: readonly ReplicaTimeCost[], predictions: number | null, { window, now }: { window: { from: Date; to: Date }; now: Date }): ReplicaTimeCost {
  // With it every day of the window is there, also one on which nothing ran.
  const costs = [priceReplicaTime({ intervals: [], window, now, busySeconds: 0, predictions: null }), ...parts];
  const total = addUsd(costs.map((c) => c.total));
  const replicaSeconds = costs.reduce((s, c) => s + c.replicaSeconds, 0);
  const perDay = [...Map.groupBy(costs.flatMap((c) => c.perDay), (d) => d.day)].map(([day, rows]) => ({ day, ...sumRows(rows) })).sort((x, y) => x.day.localeCompare(y.day));
  const perRevision = [...Map.groupBy(costs.flatMap((c) => c.perRevision), (r) => r.revision)].map(([revision, rows]) => ({ revision, ...sumRows(rows) })).sort((x, y) => x.revision - y.revision);
  const unpriced = costs.filter((c) => c.total === null).reduce((s, c) => s + c.replicaSeconds, 0);
  const estimate = costs.some((c) => c.estimate);
  return {
    total, perDay, perRevision,
    perHour: addUsd(costs.map((c) => c.perHour)), used: addUsd(costs.map((c) => c.used)), idle: addUsd(costs.map((c) => c.idle)),
    per1000Predictions: total === null || !predictions ? null : toUsd(divideRounded(toNanodollars(total) * 1000n, BigInt(Math.round(predictions)))), replicaSeconds, currency: "USD", estimate,
    note: replicaSeconds === 0 ? "No replica existed in this window." : total === null ? `No price on file for a part of it (up to ${Math.round((unpriced / replicaSeconds) * 100) || "under 1"}% of the replica time), so the sum is unknown.`
      : estimate ? "Estimate: measured replica time × a price that nobody bills as such." : "Measured replica time × the price on file.",
  };
}

const sumRows = (rows: readonly { total: number | null; replicaSeconds: number }[]) => ({ total: addUsd(rows.map((r) => r.total)), replicaSeconds: rows.reduce((s, r) => s + r.replicaSeconds, 0) });
