import { countsOf, histogramOf, overall, quantileOf, type Histogram } from "@/lib/observability/datadog/counts";
import type { DatadogAnswer } from "@/lib/observability/datadog/read-answer";
import type { DatadogServer } from "@/lib/observability/datadog/servers";
import type { Points } from "@/lib/observability/measures";
import type { Metrics } from "@/lib/observability/metrics-source";
import type { ContainerMeasure } from "@/lib/observability/promql/container";
import type { ServerMeasure } from "@/lib/observability/promql/dialect";

/** A measure's value in one bucket of time of an answer. */
export type Value = (i: number) => number | null;

/** Failures that were never counted are none, once requests are. */
const failures = (failed: number | null, whole: number | null): number | null => (whole === null ? null : (failed ?? 0));

/** Pure: what the model server itself counts. Durations in seconds, shares 0..1. */
export function measuresOf(server: DatadogServer, answer: DatadogAnswer, seconds: number): Record<ServerMeasure, Value> {
  const requests = countsOf(answer, "requests");
  const whole = server.of ? countsOf(answer, "of") : requests;
  const failed = countsOf(answer, "failed");
  const [latency, waiting, compute, ttft] = ["latency", "waiting", "compute", "ttft"].map((n) => histogramOf(answer, n)) as [Histogram, Histogram, Histogram, Histogram];
  const [sum, count] = [countsOf(answer, "mean_sum"), server.mean ? countsOf(answer, "mean_count") : latency.count];
  const at = (values: (number | null)[]): Value => (i) => values[i] ?? null;
  const per = (values: (number | null)[]): Value => (i) => { const v = values[i] ?? null; return v === null ? null : v / seconds; };
  const q = (h: Histogram, share: number, unit = 1): Value => (i) => quantileOf(h, share, unit, i);
  return {
    requestsPerSecond: per(requests), p50: q(latency, 0.5, server.latency?.unit), p95: q(latency, 0.95, server.latency?.unit), p99: q(latency, 0.99, server.latency?.unit),
    mean: (i) => (sum[i] == null || !count[i] ? null : (sum[i] / count[i]) * (server.mean?.unit ?? server.latency?.unit ?? 1)),
    queueP95: q(waiting, 0.95, server.waiting?.unit), computeP50: q(compute, 0.5, server.compute?.unit), computeP95: q(compute, 0.95, server.compute?.unit), ttftP50: q(ttft, 0.5, server.ttft?.unit), ttftP95: q(ttft, 0.95, server.ttft?.unit),
    errorRate: (i) => { const f = failures(failed[i] ?? null, whole[i] ?? null); return f === null || !whole[i] ? null : f / whole[i]; },
    queue: at(countsOf(answer, "queue")), tokensPerSecond: per(countsOf(answer, "tokens")),
  };
}

/** Pure: what the agent sees of the pods. */
export function gaugeOf(measure: ContainerMeasure, answer: DatadogAnswer): Value {
  const of = (name: string) => countsOf(answer, name);
  if (measure === "throttled") {
    const [held, periods] = [of("throttled"), of("periods")];
    return (i) => (held[i] == null || !periods[i] ? null : held[i] / periods[i]);
  }
  const values = of(measure);
  if (measure === "restarts") return (i) => {
    // A standing count: what it grew by. That of a pod that went takes its own away.
    const [before, now] = [values.slice(0, i).findLast((v) => v !== null) ?? null, values[i] ?? null];
    return now === null ? null : before === null ? 0 : Math.max(0, now - before);
  };
  const factor = { cpu: 1e-9, memory: 1, replicas: 1, gpu: 0.01, gpuMemory: 1024 ** 2 }[measure];
  return (i) => { const v = values[i] ?? null; return v === null ? null : v * factor; };
}

/** Pure: failures a second by cause, of causes that were there. */
export function causesOf(server: DatadogServer, answer: DatadogAnswer, seconds: number, onSteps: (a: DatadogAnswer, v: Value) => Points): Metrics["errorsByCause"] {
  const per = (values: readonly (number | null)[]): Points => onSteps(answer, (i) => { const v = values[i] ?? null; return v === null ? null : v / seconds; });
  const { causes } = server;
  if ("by" in causes) return Object.fromEntries((answer.series.get("causes") ?? []).filter((s) => (overall(s.values) ?? 0) > 0).map((s) => [s.tags[causes.by] || "unknown", per(s.values)]));
  return Object.fromEntries(Object.keys(causes.named).flatMap((label) => { const values = countsOf(answer, `causes_${label}`); return (overall(values) ?? 0) > 0 ? [[label, per(values)] as const] : []; }));
}

/** Of the whole stretch, out of the same counts. */
export function totalsOf(server: DatadogServer, answer: DatadogAnswer, only?: (tags: Record<string, string>) => boolean): Metrics["totals"] {
  const all = (name: string) => overall(countsOf(answer, name, only));
  const requests = all("requests");
  const whole = server.of ? all("of") : requests;
  const errors = failures(all("failed"), whole);
  const [latency, compute] = [histogramOf(answer, "latency", only), histogramOf(answer, "compute", only)];
  const unit = server.latency?.unit;
  const computeP50 = quantileOf(compute, 0.5, server.compute?.unit);
  return { requests, errors, p50: quantileOf(latency, 0.5, unit), p95: quantileOf(latency, 0.95, unit), p99: quantileOf(latency, 0.99, unit), computeP50Ms: computeP50 === null ? null : computeP50 * 1000, computeMeanMs: null, computeSeconds: null };
}
