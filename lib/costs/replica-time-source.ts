import { NO_PARTS } from "@/lib/costs/allocation-math";
import type { Allocation, AllocationQuery, CostSource } from "@/lib/costs/cost-source";
import { priceReplicaTime, type PricedInterval, type ReplicaTimeCost } from "@/lib/costs/price-replica-time";
import type { Tx } from "@/lib/db/client";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";

export type LedgerRow = PricedInterval & { deploymentId: string; deploymentSlug: string; projectId: string; modelSlug: string; profileSlug: string; priceNote: string };

/** What Slipway itself knows of an allocation: one deployment on one profile. Its use is not known yet: `cellsOf` adds it, by day. */
export type LedgerAllocation = Allocation & {
  deploymentId: string; projectId: string; deploymentSlug: string; modelSlug: string; profileSlug: string; priceNote: string; revisions: number[];
  /** Whether a replica exists now. */
  running: boolean;
  cost: ReplicaTimeCost;
};

export type LedgerQuery = AllocationQuery & { environmentId?: string; tx?: Tx };

export const LEDGER_SOURCE = "Slipway: replica time × profile price";

const COLUMNS = `"deploymentId", "deploymentSlug", "projectId", "modelSlug", "profileSlug", "priceNote", "startedAt", "endedAt", revision, "priceUsdPerHour", estimate`;

/** The statement the ledger is read with; also what the benchmark times it against. */
export const ledgerStatement = ({ window, deploymentIds, projectIds }: Pick<AllocationQuery, "window" | "deploymentIds" | "projectIds">) => ({
  name: "ledger",
  text: `SELECT ${COLUMNS} FROM "ReplicaInterval" WHERE "startedAt" < $2 AND ("endedAt" IS NULL OR "endedAt" > $1) AND ($3::uuid[] IS NULL OR "deploymentId" = ANY($3)) AND ($4::uuid[] IS NULL OR "projectId" = ANY($4))`,
  values: [window.from, window.to, deploymentIds ?? null, projectIds ?? null],
});

/** Rows of the ledger that touch a window. */
export async function readLedger(query: Omit<LedgerQuery, "now">): Promise<LedgerRow[]> {
  if (!query.tx && !query.environmentId) return (await pool().query<LedgerRow>(ledgerStatement(query))).rows;
  const { window, deploymentIds, projectIds, environmentId } = query;
  return (query.tx ?? db()).replicaInterval.findMany({
    where: { environmentId, ...(deploymentIds ? { deploymentId: { in: [...deploymentIds] } } : {}), ...(projectIds ? { projectId: { in: [...projectIds] } } : {}), startedAt: { lt: window.to }, OR: [{ endedAt: null }, { endedAt: { gt: window.from } }] },
    select: { deploymentId: true, deploymentSlug: true, projectId: true, modelSlug: true, profileSlug: true, priceNote: true, startedAt: true, endedAt: true, revision: true, priceUsdPerHour: true, estimate: true },
  });
}

/** The ledger of a window as allocations: one a deployment and profile. Pure. */
export const allocationsOf = (rows: readonly LedgerRow[], window: { from: Date; to: Date }, now: Date): LedgerAllocation[] => [...Map.groupBy(rows, (r) => `${r.deploymentId} ${r.profileSlug}`).values()].map((intervals) => {
  const newest = intervals.reduce((a, b) => (a.startedAt > b.startedAt ? a : b));
  const cost = priceReplicaTime({ intervals, window, now, busySeconds: null, predictions: null });
  return {
    kind: "deployment", deploymentId: newest.deploymentId, projectId: newest.projectId, deploymentSlug: newest.deploymentSlug, modelSlug: newest.modelSlug, profileSlug: newest.profileSlug, priceNote: newest.priceNote,
    revisions: [...new Set(intervals.map((i) => i.revision))], running: intervals.some((i) => i.endedAt === null), cost,
    parts: NO_PARTS, total: cost.total, replicaSeconds: cost.replicaSeconds, perDay: cost.perDay.map(({ day, total }) => ({ day, total })),
  };
});

/** Cost as Slipway's own replica time × the price of the profile: the only source of the local target, and what others are reconciled against. */
export const replicaTimeSource = {
  name: "replica time",
  async allocations(query: LedgerQuery) {
    const { window, now } = query;
    const rows = await readLedger(query);
    return {
      allocations: allocationsOf(rows, window, now),
      covered: { from: window.from, to: new Date(Math.min(window.to.getTime(), now.getTime())) },
      currency: "USD" as const, estimate: rows.some((r) => r.estimate), source: LEDGER_SOURCE, notes: [],
    };
  },
} satisfies CostSource<LedgerAllocation>;
