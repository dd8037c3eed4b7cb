import { readClusterUse } from "@/lib/costs/cluster-use/read-cluster-use";
import { readLedger } from "@/lib/costs/replica-time-source";
import type { UseRow } from "@/lib/costs/summary/read-use";
import { Tally, type Cell } from "@/lib/costs/summary/tally";
import { failures, handled } from "@/lib/observability/series";
import type { Step } from "@/lib/observability/steps";

const DAY_MS = 86_400_000;
type Window = { from: Date; to: Date };
type Cells = readonly (readonly [day: string, cell: Cell])[];

/** Use of this machine's replicas by day, from its steps. Pure. */
export const useOfSteps = (steps: readonly Step[]): UseRow[] =>
  steps.map((s) => ({ deploymentId: s.deploymentId, revision: s.revision, day: Math.floor(s.at / DAY_MS), handled: handled(s), failed: failures(s), computeSeconds: s.computeSum }));

/**
 * What clusters' metrics sources said of a window that need not begin at midnight. They tell whole days, so of the day that it begins within only a
 * deployment of which nothing ran earlier on that day is known.
 */
export async function clusterUseIn(window: Window, projectIds: readonly string[], deploymentId?: string): Promise<UseRow[]> {
  const midnight = new Date(Math.floor(window.from.getTime() / DAY_MS) * DAY_MS);
  const [rows, before] = await Promise.all([
    readClusterUse({ ...window, projectIds }, deploymentId),
    midnight < window.from ? readLedger({ window: { from: midnight, to: window.from }, projectIds, ...(deploymentId ? { deploymentIds: [deploymentId] } : {}) }) : [],
  ]);
  const cut = new Set(before.map((r) => r.deploymentId));
  return rows.filter((u) => u.day * DAY_MS >= window.from.getTime() || !cut.has(u.deploymentId)).map((u) => ({ ...u, computeSeconds: u.busySeconds, cluster: true }));
}

/** What is known of the use of a line, or of several together, and the days of which nothing is. Pure. */
export function sumUse(cells: Cells) {
  const tally = new Tally();
  for (const [, cell] of cells) tally.add(cell);
  const { used, idle, predictions, per1000Predictions, known } = tally.figures();
  const missingDays = [...new Set(cells.flatMap(([day, c]) => (c.replicaSeconds > 0 && c.predictions === null && c.used === null ? [day] : [])))].sort();
  return { used, idle, predictions, per1000Predictions, known, missingDays };
}
