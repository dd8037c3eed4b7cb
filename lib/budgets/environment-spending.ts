import type { Tx } from "@/lib/db/client";
import type { Gate } from "@/lib/budgets/gate";
import { monthOf } from "@/lib/budgets/month";
import { multiplyUsd, toNanodollars, toUsd } from "@/lib/costs/money";
import type { ReplicaTimeCost } from "@/lib/costs/price-replica-time";
import { replicaTimeSource } from "@/lib/costs/replica-time-source";
import { sumCosts } from "@/lib/costs/sum-costs";

type RunningRow = { id: string; least: number; most: number; price: number | null; estimate: boolean };

/** What is meant to run in an environment now, with the price of a replica of each. */
export async function runningIn(tx: Tx, environmentId: string): Promise<RunningRow[]> {
  return tx.$queryRaw<RunningRow[]>`
    SELECT d.id, d."minReplicas" AS least, d."maxReplicas" AS most, (r.profile->'price'->>'value')::float8 AS price, COALESCE((r.profile->'price'->>'estimate')::boolean, false) AS estimate
    FROM "Deployment" d JOIN "Revision" r ON r."deploymentId" = d.id AND r.number = d."desiredRevision"
    WHERE d."environmentId" = ${environmentId}::uuid AND d."desiredState" = 'running'`;
}

/** USD an hour at the fewest replicas, exact; null when one of them has no price. */
export function perHourOf(rows: readonly Pick<RunningRow, "least" | "price">[]): number | null {
  let nano = 0n;
  for (const r of rows) {
    if (r.price === null && r.least > 0) return null;
    nano += toNanodollars(multiplyUsd(r.price ?? 0, r.least));
  }
  return toUsd(nano);
}

/** What the environment's replicas cost since the month began, by day. */
export async function monthSoFar(tx: Tx, environmentId: string, now: Date): Promise<ReplicaTimeCost> {
  const { from, to } = monthOf(now);
  const window = { from, to };
  const { allocations } = await replicaTimeSource.allocations({ window, now, environmentId, tx });
  return sumCosts(allocations.map((a) => a.cost), null, { window, now });
}

export type Spending = { spentUsd: Gate["spentUsd"]; running: RunningRow[]; estimate: boolean };

export async function environmentSpending(tx: Tx, environmentId: string, now: Date): Promise<Spending> {
  const cost = await monthSoFar(tx, environmentId, now);
  const running = await runningIn(tx, environmentId);
  return { spentUsd: cost.total, running, estimate: cost.estimate || running.some((r) => r.estimate) };
}
