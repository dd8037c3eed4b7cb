import type { DatadogAnswer, DatadogSeries } from "@/lib/observability/datadog/read-answer";
import { quantile } from "@/lib/observability/quantile";

type Values = readonly (number | null)[];
/** Which of the answer's series are meant; left out: all there are. */
export type Of = (tags: Record<string, string>) => boolean;

const known = (values: readonly (number | null)[]): number | null => {
  const numbers = values.filter((v) => v !== null);
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0);
};
/** Over all buckets of time. */
export const overall = (values: Values): number | null => known(values);

/** Pure: what an answer says under a name, or under its numbered parts, added up by bucket of time. null where nothing is known. */
export function countsOf(answer: DatadogAnswer, name: string, of?: Of): (number | null)[] {
  const series = [...answer.series].flatMap(([n, list]) => (n === name || new RegExp(`^${name}_\\d+$`).test(n) ? list : [])).filter((s) => of?.(s.tags) ?? true);
  return answer.at.map((_, i) => known(series.map((s) => s.values[i] ?? null)));
}

export type Histogram = { bounds: number[]; /** By bucket of time: counts as the server has them, each with those below it. */ cumulative: Values[]; count: Values };

/** Pure: a histogram of an answer. The agent does not send the bucket up to infinity, which is the count. */
export function histogramOf(answer: DatadogAnswer, name: string, of?: Of): Histogram {
  const byBound = new Map<number, DatadogSeries[]>();
  for (const s of (answer.series.get(`${name}_buckets`) ?? []).filter((b) => of?.(b.tags) ?? true)) {
    const bound = Number(s.tags.upper_bound);
    if (Number.isFinite(bound) && bound > 0) byBound.set(bound, [...(byBound.get(bound) ?? []), s]);
  }
  const bounds = [...byBound.keys()].sort((a, b) => a - b);
  return { bounds, cumulative: answer.at.map((_, i) => bounds.map((b) => known(byBound.get(b)!.map((s) => s.values[i] ?? null)))), count: countsOf(answer, `${name}_count`, of) };
}

/** Pure: a quantile of one bucket of time, or of all (`at` left out), in seconds. null where there is none. */
export function quantileOf(h: Histogram, q: number, unit = 1, at?: number): number | null {
  if (h.bounds.length === 0) return null;
  const below = h.bounds.map((_, b) => (at === undefined ? known(h.cumulative.map((c) => c[b] ?? null)) : (h.cumulative[at]?.[b] ?? null)) ?? 0);
  const total = Math.max((at === undefined ? known(h.count) : (h.count[at] ?? null)) ?? 0, below.at(-1)!);
  // Counts of replicas that came or went in between may fall: a bucket never holds less than none.
  const counts = [...below.map((n, b) => Math.max(0, n - (b === 0 ? 0 : below[b - 1]!))), Math.max(0, total - below.at(-1)!)];
  const value = quantile(q, counts, h.bounds);
  return value === null ? null : value * unit;
}
