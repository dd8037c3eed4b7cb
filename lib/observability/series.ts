import type { Metrics } from "@/lib/observability/metrics-source";
import { quantile } from "@/lib/observability/quantile";
import { mergeSteps, type Step } from "@/lib/observability/steps";

/** Causes that are the service's own fault: what an error rate is about. A bad request or a caller who left is not, nor one to a deployment that was stopped. */
export const FAILURE_CAUSES = ["runtime", "timeout", "queue_full", "no_replica", "replica_lost"];

type Range = { fromSeconds: number; toSeconds: number; stepSeconds: number };

/** Pure: the series of a page from steps. A step without a scrape is null in every series. */
export function seriesOf(steps: Step[], range: Range): Omit<Metrics, "source" | "asOf" | "revisions" | "gaps" | "nodes"> {
  const stepMs = range.stepSeconds * 1000;
  const merged = mergeSteps(steps, stepMs);
  const byTime = new Map(merged.map((s) => [s.at / 1000, s]));
  const times: number[] = [];
  for (let t = Math.floor(range.fromSeconds / range.stepSeconds) * range.stepSeconds; t < range.toSeconds; t += range.stepSeconds) times.push(t);
  const draw = (value: (s: Step) => number | null): [number, number | null][] => times.map((t) => {
    const s = byTime.get(t);
    return [t, s ? value(s) : null];
  });
  const nothing = draw(() => null);
  const causes = [...new Set(merged.flatMap((s) => Object.keys(s.errors)))].sort();
  return {
    from: times[0] ?? range.fromSeconds, to: range.toSeconds, stepSeconds: range.stepSeconds,
    series: {
      requestsPerSecond: draw((s) => handled(s) / range.stepSeconds),
      p50: draw((s) => quantile(0.5, s.latency)), p95: draw((s) => quantile(0.95, s.latency)), p99: draw((s) => quantile(0.99, s.latency)),
      queueP95: draw((s) => quantile(0.95, s.queue)), computeP50: draw((s) => quantile(0.5, s.compute)), computeP95: draw((s) => quantile(0.95, s.compute)),
      errorRate: draw((s) => (handled(s) > 0 ? failures(s) / handled(s) : null)),
      cpu: draw((s) => (s.cpuSeconds === null ? null : s.cpuSeconds / range.stepSeconds)), memory: draw((s) => s.rssBytes),
      queue: draw((s) => s.queueDepth), replicas: draw((s) => s.replicasReady),
      mean: draw((s) => (s.latency.some((n) => n > 0) ? s.latencySum / s.latency.reduce((a, b) => a + b, 0) : null)),
      tokensPerSecond: nothing, ttftP50: nothing, ttftP95: nothing, throttled: nothing, gpu: nothing, gpuMemory: nothing, restarts: nothing, costPerHour: nothing, costPer1000: nothing,
    },
    errorsByCause: Object.fromEntries(causes.map((cause) => [cause, draw((s) => (s.errors[cause] ?? 0) / range.stepSeconds)])),
    totals: totalsOf(merged),
  };
}

export const handled = (s: Pick<Step, "requests">) => Object.values(s.requests).reduce((a, b) => a + b, 0);
export const failures = (s: Pick<Step, "errors">) => FAILURE_CAUSES.reduce((sum, cause) => sum + (s.errors[cause] ?? 0), 0);

/** What our own servers counted: without a step, nothing was. */
export function totalsOf(steps: Step[]): Metrics["totals"] & { requests: number; errors: number; computeSeconds: number } {
  const all = mergeSteps(steps, Number.MAX_SAFE_INTEGER)[0];
  if (!all) return { requests: 0, errors: 0, p50: null, p95: null, p99: null, computeP50Ms: null, computeMeanMs: null, computeSeconds: 0 };
  const computed = all.compute.reduce((a, b) => a + b, 0);
  const computeP50 = quantile(0.5, all.compute);
  return {
    requests: handled(all), errors: failures(all), p50: quantile(0.5, all.latency), p95: quantile(0.95, all.latency), p99: quantile(0.99, all.latency),
    computeP50Ms: computeP50 === null ? null : computeP50 * 1000, computeMeanMs: computed > 0 ? (all.computeSum / computed) * 1000 : null, computeSeconds: all.computeSum,
  };
}
