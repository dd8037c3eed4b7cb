import { Badge } from "@/components/ui/badge";
import type { Metrics } from "@/lib/observability/metrics-source";

const WORDS: Record<string, string> = {
  p50: "p50", p95: "p95", p99: "p99", mean: "mean latency", queueP95: "waiting time", computeP50: "model's own time, p50", computeP95: "model's own time, p95", errorRate: "error rate", errorsByCause: "errors by cause", queue: "queue", requestsPerSecond: "traffic",
  tokensPerSecond: "tokens", ttftP50: "time to first token, p50", ttftP95: "time to first token, p95", cpu: "processor", memory: "memory", throttled: "throttling", gpu: "GPU", gpuMemory: "GPU memory", replicas: "replicas", restarts: "restarts", totals: "figures of the window", nodes: "nodes",
};
const SOURCES: Record<string, string> = { embedded: "Slipway's own samples of this machine", prometheus: "Prometheus of the cluster", datadog: "Datadog", none: "no source" };

/** Where the measures come from, what nodes the pods are on, and what cannot be had and why: one line a reason. */
export function MeasureGaps({ metrics }: { metrics: Metrics }) {
  const reasons = Map.groupBy(metrics.gaps.filter((g) => g.kind !== "empty" || g.measure !== "nodes"), (g) => g.reason);
  return (
    <section aria-label="Source of the measures" className="mt-4 grid gap-2 text-sm text-ink-muted">
      <p>Source: {SOURCES[metrics.source] ?? metrics.source}.{metrics.nodes && metrics.nodes.length > 0 ? ` On ${metrics.nodes.map((n) => `${n.pods} × ${n.instanceType ?? "unknown node"}${n.capacityType ? ` (${n.capacityType})` : ""}`).join(", ")}.` : ""}</p>
      {reasons.size > 0 ? (
        <details>
          <summary className="cursor-pointer">Measures that are missing, and why</summary>
          <ul className="mt-2 grid gap-2">
            {[...reasons].map(([reason, gaps]) => <li key={reason} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">{gaps.map((g) => <Badge key={g.measure}>{WORDS[g.measure] ?? g.measure}</Badge>)}<span>{reason}</span></li>)}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
