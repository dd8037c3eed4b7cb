import { db, type Tx } from "@/lib/db/client";
import type { CostSource } from "@/lib/costs/cost-source";
import { priceReplicaTime, type PricedInterval } from "@/lib/costs/price-replica-time";

type Window = { from: Date; to: Date };
export type LedgerRow = PricedInterval & { deploymentId: string; deploymentSlug: string; projectId: string; modelSlug: string; profileSlug: string; priceNote: string };

/** Rows of the ledger that touch a window. */
export async function readLedger(where: { deploymentId?: string | { in: string[] }; projectId?: string | { in: string[] }; environmentId?: string }, window: Window, tx: Tx = db()): Promise<LedgerRow[]> {
  return tx.replicaInterval.findMany({
    where: { ...where, startedAt: { lt: window.to }, OR: [{ endedAt: null }, { endedAt: { gt: window.from } }] },
    select: {
      deploymentId: true, deploymentSlug: true, projectId: true, modelSlug: true, profileSlug: true, priceNote: true,
      startedAt: true, endedAt: true, revision: true, priceUsdPerHour: true, estimate: true,
    },
  });
}

/** Cost as Slipway's own replica time × the price of the profile: the only source of the local target, and what others are reconciled against. */
export const replicaTimeSource: CostSource = {
  name: "replica time",
  async allocations({ window, deploymentIds }) {
    const now = new Date();
    const rows = await readLedger(deploymentIds.length > 0 ? { deploymentId: { in: deploymentIds } } : {}, window);
    const byDeployment = Map.groupBy(rows, (r) => r.deploymentId);
    return {
      allocations: [...byDeployment].map(([deploymentId, intervals]) => {
        const cost = priceReplicaTime({ intervals, window, now, busySeconds: null, predictions: null });
        return {
          deploymentId, projectId: intervals[0]!.projectId, total: cost.total, replicaSeconds: cost.replicaSeconds,
          parts: { cpu: null, memory: null, gpu: null, network: null, storage: null, loadBalancer: null, idle: null, shared: null },
        };
      }),
      covered: { from: window.from, to: new Date(Math.min(window.to.getTime(), now.getTime())) },
      currency: "USD", estimate: rows.some((r) => r.estimate), source: "Slipway: replica time × profile price", notes: [],
    };
  },
};
