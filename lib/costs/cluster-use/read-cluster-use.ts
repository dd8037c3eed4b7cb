import { db } from "@/lib/db/client";

const DAY_MS = 86_400_000;
/** A day whose figures end earlier than this before its end, or before now, is not taken for the whole. */
const LATE_MS = 2 * 3_600_000;

type Query = { from: Date; to: Date; projectIds: readonly string[] };
export type ClusterUse = { deploymentId: string; revision: number; /** Days since the epoch. */ day: number; handled: number; failed: number | null; busySeconds: number | null; p95Seconds: number | null };

/** What metrics sources of clusters said of the days of a window, by deployment and revision. Days that they only said a part of are left out. */
export async function readClusterUse({ from, to, projectIds }: Query, deploymentId?: string): Promise<ClusterUse[]> {
  // Whole days: the column is a date, which a time of the day would be cut down to.
  const day = { gte: new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS), lt: new Date(Math.ceil(to.getTime() / DAY_MS) * DAY_MS) };
  const rows = await db().clusterUse.findMany({ where: { projectId: { in: [...projectIds] }, ...(deploymentId ? { deploymentId } : {}), day } });
  const whole = rows.filter((r) => r.coveredTo.getTime() >= Math.min(r.day.getTime() + DAY_MS, to.getTime()) - LATE_MS);
  return whole.map(({ deploymentId, revision, day, handled, failed, busySeconds, p95Seconds }) => ({ deploymentId, revision, day: day.getTime() / DAY_MS, handled, failed, busySeconds, p95Seconds }));
}

/** p95 of one deployment by day: of two revisions on a day, of the one with more requests. */
export async function readClusterP95(query: Query, deploymentId: string): Promise<Map<number, number>> {
  const days = Map.groupBy(await readClusterUse(query, deploymentId), (u) => u.day);
  return new Map([...days].flatMap(([day, rows]) => {
    const { p95Seconds } = rows.reduce((most, u) => (u.handled > most.handled ? u : most));
    return p95Seconds === null ? [] : [[day, p95Seconds] as const];
  }));
}
