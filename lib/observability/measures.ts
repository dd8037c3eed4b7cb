import { z } from "zod";

/** Everything a deployment's page may show over time. A source that cannot have one says why in `gaps`. */
export const MEASURES = [
  "requestsPerSecond", "p50", "p95", "p99", "mean", "queueP95", "computeP50", "computeP95", "errorRate", "queue", "tokensPerSecond", "ttftP50", "ttftP95",
  "cpu", "memory", "throttled", "gpu", "gpuMemory", "replicas", "restarts",
] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * Why a measure is not there, or not what it seems: `absent` the server does not expose it, `empty` nothing was scraped, `failed` the source gave
 * no usable answer, `partial` it gave a part, `edge` it was measured at the edge instead, `no_source` the cluster has none.
 */
export const gapSchema = z.object({
  measure: z.enum([...MEASURES, "errorsByCause", "totals", "nodes"]), kind: z.enum(["absent", "empty", "failed", "partial", "edge", "no_source"]), reason: z.string(),
}).meta({ id: "MetricsGap" });
export type Gap = z.infer<typeof gapSchema>;

export type Points = [number, number | null][];
export type SeriesByMeasure = Record<Measure, Points>;

/** The times of a window: the start of each step. */
export function gridOf(range: { fromSeconds: number; toSeconds: number; stepSeconds: number }): number[] {
  const times: number[] = [];
  for (let t = range.fromSeconds; t < range.toSeconds; t += range.stepSeconds) times.push(t);
  return times;
}

/** Nothing measured, on a window's grid. */
export function emptySeries(times: readonly number[]): SeriesByMeasure {
  return Object.fromEntries(MEASURES.map((m) => [m, times.map((t) => [t, null])])) as SeriesByMeasure;
}
