import { failures, handled } from "@/lib/observability/series";
import { quantile } from "@/lib/observability/quantile";
import { mergeSteps, type Step } from "@/lib/observability/steps";

/** A roll-up with the length of its step. */
export type TimedStep = Step & { seconds: number };
export type Folded = { requests: number | null; p99Seconds: number | null; errorRate: number | null; utilisation: number | null; cells: (number | null)[]; busySeconds: number | null; predictions: number | null };
type Cells = { fromMs: number; cellMs: number; count: number };

/**
 * Pure: one deployment's steps as the figures of a fleet. Utilisation is processor time used over what the ready replicas of that time asked for:
 * a step without a ready replica, or whose revision's profile is not known, is no part of it.
 */
export function foldSteps(steps: readonly TimedStep[], coresOf: (revision: number) => number | undefined, { fromMs, cellMs, count }: Cells): Folded {
  const cells = Array.from({ length: count }, () => ({ used: 0, asked: 0 }));
  for (const s of steps) {
    const cell = cells[Math.floor((s.at - fromMs) / cellMs)];
    const asked = s.replicasReady * s.seconds * (coresOf(s.revision) ?? 0);
    if (!cell || s.cpuSeconds === null || asked <= 0) continue;
    cell.used += s.cpuSeconds;
    cell.asked += asked;
  }
  const share = (c: { used: number; asked: number }) => (c.asked > 0 ? c.used / c.asked : null);
  const all = mergeSteps([...steps], Number.MAX_SAFE_INTEGER)[0];
  if (!all) return { requests: null, p99Seconds: null, errorRate: null, utilisation: null, cells: cells.map(() => null), busySeconds: null, predictions: null };
  const requests = handled(all);
  return {
    requests, p99Seconds: quantile(0.99, all.latency), errorRate: requests > 0 ? failures(all) / requests : null,
    utilisation: share(cells.reduce((sum, c) => ({ used: sum.used + c.used, asked: sum.asked + c.asked }))), cells: cells.map(share), busySeconds: all.computeSum, predictions: Math.max(0, requests - failures(all)),
  };
}

/** Pure: what is left of an error budget. 1: nothing is used; below 0: more than all. null: no request. */
export const budgetLeft = (requests: number | null, errors: number | null, objectivePercent: number): number | null =>
  requests === null || errors === null || requests === 0 ? null : 1 - errors / requests / (1 - objectivePercent / 100);
