import { z } from "zod";
import type { Figures } from "@/lib/deployments/canary-plan";
import { gapSchema, type Measure } from "@/lib/observability/measures";

export const WINDOWS = {
  "5m": { seconds: 300, stepSeconds: 10 },
  "15m": { seconds: 900, stepSeconds: 15 },
  "1h": { seconds: 3600, stepSeconds: 15 },
  "6h": { seconds: 21_600, stepSeconds: 60 },
  "24h": { seconds: 86_400, stepSeconds: 300 },
  "1d": { seconds: 86_400, stepSeconds: 300 },
  "7d": { seconds: 604_800, stepSeconds: 1800 },
} as const;
export type WindowName = keyof typeof WINDOWS;
export const windowSchema = z.enum(Object.keys(WINDOWS) as [WindowName, ...WindowName[]]).default("1h");

const series = z.array(z.tuple([z.number(), z.number().nullable()])).meta({ description: "[Unix seconds, value]; null: no data" });

export const metricsSchema = z.object({
  from: z.number().meta({ description: "Unix seconds" }), to: z.number(), stepSeconds: z.number().int(),
  source: z.string(), asOf: z.number().nullable().meta({ description: "Unix seconds of the newest sample; null: none yet" }),
  revisions: z.array(z.number().int()).meta({ description: "Revisions that have data in the window" }),
  series: z.object({
    requestsPerSecond: series, p50: series, p95: series, p99: series, queueP95: series, computeP50: series, computeP95: series,
    errorRate: series.meta({ description: "Share of requests that failed through no fault of the caller, 0..1" }),
    cpu: series.meta({ description: "Cores in use" }), memory: series.meta({ description: "Bytes resident" }),
    queue: series.meta({ description: "Requests waiting" }), replicas: series.meta({ description: "Replicas ready" }),
    mean: series.meta({ description: "Mean latency, seconds" }), tokensPerSecond: series, ttftP50: series, ttftP95: series.meta({ description: "Time to the first token, seconds" }),
    throttled: series.meta({ description: "Share of scheduling periods in which the processor was held back, 0..1" }),
    gpu: series.meta({ description: "Mean utilisation of its GPUs, 0..1" }), gpuMemory: series.meta({ description: "Bytes" }), restarts: series.meta({ description: "Restarts within a step" }),
    costPerHour: series.meta({ description: "USD an hour, by the ledger" }), costPer1000: series.meta({ description: "USD per 1,000 answered requests; null without any" }),
  }),
  errorsByCause: z.record(z.string(), series).meta({ description: "Requests per second by cause" }),
  gaps: z.array(gapSchema).meta({ description: "Measures that are not there, or not what they seem, and why" }),
  nodes: z.array(z.object({ instanceType: z.string().nullable(), capacityType: z.string().nullable(), pods: z.number().int() })).nullable().meta({ description: "Kinds of node its pods are on now; null: not known" }),
  totals: z.object({
    requests: z.number().nullable(), errors: z.number().nullable(), p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable(),
    computeP50Ms: z.number().nullable(), computeMeanMs: z.number().nullable(), computeSeconds: z.number().nullable(),
  }).meta({ description: "Over the whole window; null where it is not known. Durations of p50, p95, p99 in seconds" }),
}).meta({ id: "Metrics" });

export type Metrics = z.infer<typeof metricsSchema>;

export type MetricsQuery = { deploymentId: string; window: WindowName; /** Instead of the window: a part of the past, in Unix seconds. */ between?: { from: number; to: number; /** In these steps, so that it lies on the axis of another answer. */ stepSeconds?: number }; revision?: number; now: Date; /** Series that are needed; a source that is asked one by one leaves the others out. Totals are always there. Left out: all. */ only?: readonly Measure[] };

export type FiguresQuery = { deploymentId: string; revision: number; from: Date; to: Date };

export type Range = { fromSeconds: number; toSeconds: number; stepSeconds: number };
/** A step is shown once it is over and its last scrape had time to arrive. */
const SETTLE_MS = 2000;
const STEPS = [...new Set(Object.values(WINDOWS).map((w) => w.stepSeconds))].sort((a, b) => a - b);
const MOST_STEPS = 400;
export const isStep = (seconds: number): boolean => STEPS.some((s) => s === seconds);

/** The steps a query is answered in: those of its window up to now, or the finest that a part of the past can be shown in. */
export function rangeOf({ window, between, now }: Pick<MetricsQuery, "window" | "between" | "now">): Range {
  const named = WINDOWS[window];
  const newest = Math.floor((now.getTime() - SETTLE_MS) / 1000);
  if (!between) {
    const to = Math.floor(newest / named.stepSeconds) * named.stepSeconds;
    return { fromSeconds: to - named.seconds, toSeconds: to, stepSeconds: named.stepSeconds };
  }
  const until = Math.min(between.to, newest);
  const wished = between.stepSeconds;
  const stepSeconds = wished !== undefined && isStep(wished) && (until - between.from) / wished <= MOST_STEPS ? wished : STEPS.find((s) => (until - between.from) / s <= MOST_STEPS) ?? STEPS.at(-1)!;
  const from = Math.floor(between.from / stepSeconds) * stepSeconds;
  return { fromSeconds: from, toSeconds: Math.max(from + stepSeconds, Math.floor(until / stepSeconds) * stepSeconds), stepSeconds };
}

/** Where measures come from: the embedded store, or a cluster's Prometheus. Absent data is null, never zero. */
export interface MetricsSource {
  readonly name: string;
  /** A source that gives no answer, or a useless one, is a gap of the measures concerned; it never throws for that. */
  query(query: MetricsQuery): Promise<Metrics>;
}

/** A source that also tells one revision from another. */
export interface RevisionSource extends MetricsSource {
  /** A revision's requests over one stretch of time, up to now: what a canary is judged by. */
  figures(query: FiguresQuery): Promise<Figures>;
}
