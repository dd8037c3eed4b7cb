import type { CloudWatch, Values } from "@/lib/observability/alb/cloudwatch";
import { type AlbGroup, asOne, ownFailures, type Part, questionOf, type Stretch } from "@/lib/observability/alb/questions";

/** A part's values of each target group: over time, or (whole) of the stretch as one. */
export type Parts = { over: Partial<Record<Part, Values[]>>; whole: Partial<Record<Part, Values[]>>; /** What the load balancers refused themselves, for all who are behind them. */ ownFailures: number };

/** Everything in one question: one call for up to 500 figures, whatever the number of target groups. */
export async function readParts(ask: CloudWatch, groups: readonly AlbGroup[], stretch: Stretch, wanted: { over: readonly Part[]; whole: readonly Part[]; ownFailures: boolean }): Promise<Parts> {
  const balancers = wanted.ownFailures ? [...new Set(groups.map((g) => g.loadBalancer))] : [];
  const answers = await ask.values([
    ...wanted.over.flatMap((part) => groups.map((g) => questionOf(part, g, stretch.periodSeconds))), ...wanted.whole.flatMap((part) => groups.map((g) => questionOf(part, g, asOne(stretch)))),
    ...balancers.map((lb) => ownFailures(lb, asOne(stretch))),
  ], stretch);
  let at = 0;
  const take = (parts: readonly Part[]) => Object.fromEntries(parts.map((part) => [part, answers.slice(at, (at += groups.length))])) as Partial<Record<Part, Values[]>>;
  return { over: take(wanted.over), whole: take(wanted.whole), ownFailures: answers.slice(at).reduce((sum, v) => sum + (totalOf([v]) ?? 0), 0) };
}

/** Pure: of all target groups at a time; null: none of them has a figure there. */
export const sumAt = (all: readonly Values[], t: number): number | null => combined(all, t, (a, b) => a + b);
/** The highest: a percentile of several cannot be worked out of theirs, but is never above the highest. */
export const highestAt = (all: readonly Values[], t: number): number | null => combined(all, t, (a, b) => Math.max(a, b));

function combined(all: readonly Values[], t: number, of: (a: number, b: number) => number): number | null {
  const known = all.flatMap((v) => v.get(t) ?? []);
  return known.length === 0 ? null : known.reduce(of);
}

/** Whether more than one had a figure at the same time. */
export const overlap = (all: readonly Values[]): boolean => {
  const seen = new Set<number>();
  return all.some((v) => { const again = [...v.keys()].some((t) => seen.has(t)); for (const t of v.keys()) seen.add(t); return again; });
};

/** Sums of a stretch, in however many periods they came. */
export function totalOf(all: readonly Values[]): number | null {
  const known = all.flatMap((v) => [...v.values()]);
  return known.length === 0 ? null : known.reduce((a, b) => a + b);
}
/** A percentile of a stretch is known where it came as one period. */
export function percentileOf(all: readonly Values[]): number | null {
  if (all.some((v) => v.size > 1)) return null;
  const known = all.flatMap((v) => [...v.values()]);
  return known.length === 0 ? null : Math.max(...known);
}
