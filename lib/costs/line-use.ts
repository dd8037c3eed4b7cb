import { readClusterUse } from "@/lib/costs/cluster-use/read-cluster-use";
import { readLedger, type LedgerAllocation } from "@/lib/costs/replica-time-source";
import type { KnownUse } from "@/lib/costs/schema";
import { knownUse } from "@/lib/costs/summary/known-use";
import type { UseRow } from "@/lib/costs/summary/read-use";
import { cellsOf } from "@/lib/costs/summary/summarise";
import { Tally, type Cell } from "@/lib/costs/summary/tally";
import { failures, handled } from "@/lib/observability/series";
import type { Step } from "@/lib/observability/steps";

const DAY_MS = 86_400_000;
type Window = { from: Date; to: Date };
export type LineUse = { used: number | null; idle: number | null; predictions: number | null; per1000Predictions: number | null; known: KnownUse | null; cells: [string, Cell][] };

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

/** Use of one line of the ledger. Pure. */
export function useOfLine(a: LedgerAllocation, use: readonly UseRow[]): LineUse {
  return sumUse([...cellsOf(a, use)]);
}

/** Use of several lines together: what one of them does not know is unknown, and `known` says what the others do. Pure. */
export function sumUse(cells: [string, Cell][]): LineUse {
  const tally = new Tally();
  for (const [, cell] of cells) tally.add(cell);
  const { used, idle, predictions, per1000Predictions } = tally.figures();
  return { used, idle, predictions, per1000Predictions, known: knownUse(cells), cells };
}
