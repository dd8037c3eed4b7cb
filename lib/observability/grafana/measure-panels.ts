import type { PanelSpec } from "@/lib/observability/grafana/dashboard";
import type { Measure } from "@/lib/observability/measures";

/** The charts of a dashboard, in order: which measures share one, and their unit in Grafana's words. */
export const MEASURE_PANELS: readonly (Omit<PanelSpec, "queries"> & { measures: readonly Measure[] })[] = [
  { title: "Latency", unit: "s", measures: ["p50", "p95", "p99"] },
  { title: "Traffic", unit: "reqps", measures: ["requestsPerSecond"] },
  { title: "Errors", unit: "percentunit", max: 1, measures: ["errorRate"], description: "Share of requests that failed through no fault of the caller" },
  { title: "Waiting", unit: "short", measures: ["queue"] },
  { title: "Time to the first token", unit: "s", measures: ["ttftP50", "ttftP95"] },
  { title: "Tokens a second", unit: "short", measures: ["tokensPerSecond"] },
  { title: "Replicas", unit: "short", measures: ["replicas", "restarts"] },
  { title: "Processor", unit: "short", measures: ["cpu"], description: "Cores in use" },
  { title: "Memory", unit: "bytes", measures: ["memory"] },
  { title: "Held back", unit: "percentunit", max: 1, measures: ["throttled"], description: "Share of scheduling periods in which the processor was held back" },
  { title: "GPU", unit: "percentunit", max: 1, measures: ["gpu"] },
  { title: "GPU memory", unit: "bytes", measures: ["gpuMemory"] },
];

export const MEASURE_WORDS: Partial<Record<Measure, string>> = { requestsPerSecond: "requests", errorRate: "failed", queue: "waiting", ttftP50: "p50", ttftP95: "p95", tokensPerSecond: "tokens", gpuMemory: "memory", cpu: "cores", throttled: "throttled" };
