import { z } from "zod";

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
  }),
  errorsByCause: z.record(z.string(), series).meta({ description: "Requests per second by cause" }),
  totals: z.object({
    requests: z.number(), errors: z.number(), p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable(),
    computeP50Ms: z.number().nullable(), computeMeanMs: z.number().nullable(), computeSeconds: z.number(),
  }).meta({ description: "Over the whole window. Durations of p50, p95, p99 in seconds" }),
}).meta({ id: "Metrics" });

export type Metrics = z.infer<typeof metricsSchema>;

export type MetricsQuery = { deploymentId: string; window: WindowName; revision?: number; now: Date };

/** Where measures come from: the embedded store, and later Prometheus and Datadog. Absent data is null, never zero. */
export interface MetricsSource {
  readonly name: string;
  /** Throws bad_gateway when the source cannot be asked. */
  query(query: MetricsQuery): Promise<Metrics>;
}
