import { DATADOG_SERVERS, type Counted, type DatadogServer, type Timed } from "@/lib/observability/datadog/servers";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export type DatadogScope = {
  /** Conditions on the pods' own tags. */
  pods: readonly string[];
  /** Conditions on DCGM's, which names the pod that has the GPU by labels of its own. */
  gpus: readonly string[];
  /** Tags that results are told apart by; none: one result. */
  by: readonly string[];
  bucketSeconds: number;
};

/** Matches a deployment's Kubernetes Deployments, one a revision: lib/targets/kubernetes/names.ts. */
export const podsOnDatadog = (namespace: string, name: string, revision: number | null): Pick<DatadogScope, "pods" | "gpus"> => ({
  pods: [`kube_namespace:${namespace}`, `kube_deployment:${name}-r${revision ?? "*"}`], gpus: [`namespace:${namespace}`, `pod:${name}-r${revision === null ? "*" : `${revision}-*`}`],
});

type Gauge = { aggregate: "sum" | "avg"; metric: string; of: "pods" | "gpus" };
/** What the agent and its checks tell of pods: kubelet, Kubernetes State Metrics Core, DCGM exporter. */
export const DATADOG_GAUGES = {
  cpu: { aggregate: "sum", metric: "kubernetes.cpu.usage.total", of: "pods" }, memory: { aggregate: "sum", metric: "kubernetes.memory.working_set", of: "pods" },
  throttled: { aggregate: "sum", metric: "kubernetes.cpu.cfs.throttled.periods", of: "pods" }, periods: { aggregate: "sum", metric: "kubernetes.cpu.cfs.periods", of: "pods" },
  replicas: { aggregate: "sum", metric: "kubernetes_state.deployment.replicas_available", of: "pods" }, restarts: { aggregate: "sum", metric: "kubernetes.containers.restarts", of: "pods" },
  gpu: { aggregate: "avg", metric: "dcgm.gpu_utilization", of: "gpus" }, gpuMemory: { aggregate: "sum", metric: "dcgm.frame_buffer.used", of: "gpus" },
} as const satisfies Record<string, Gauge>;
export type DatadogGauge = keyof typeof DATADOG_GAUGES;

/** Pure: queries of one request, by name. A metric that is not there has no series, and costs the others nothing. */
export function gaugeQueries(scope: DatadogScope, gauges: readonly DatadogGauge[]): Record<string, string> {
  return Object.fromEntries(gauges.map((name) => {
    const { aggregate, metric, of } = DATADOG_GAUGES[name];
    // DCGM's own namespace and pod stand where the pods' tags do.
    const by = of === "gpus" && scope.by.length > 0 ? ["namespace", "pod"] : scope.by;
    return [name, `${aggregate}:${metric}${where(scope[of])}${grouped(by)}.rollup(avg, ${scope.bucketSeconds})`];
  }));
}

export type ServerPart = "requests" | "failed" | "of" | "latency" | "waiting" | "compute" | "ttft" | "queue" | "tokens" | "causes" | "mean";

/** Pure: what a model server counts, as queries by name. Percentiles are worked out of the buckets, as Prometheus does: so nothing has to be switched on for a metric at Datadog. */
export function serverQueries(dialect: ServingRuntime["dialect"], scope: DatadogScope, parts: readonly ServerPart[]): Record<string, string> {
  const s: DatadogServer = DATADOG_SERVERS[dialect];
  const counted = (c: Counted, more: readonly string[] = []) => `sum:slipway.${c.metric}.${c.part ?? "count"}${where([...scope.pods, ...(c.where ?? [])])}${grouped([...scope.by, ...more])}.as_count().rollup(sum, ${scope.bucketSeconds})`;
  const several = (name: string, list: readonly Counted[]) => Object.fromEntries(list.map((c, i) => [`${name}_${i}`, counted(c)]));
  const histogram = (name: string, t: Timed | null): Record<string, string> => (t === null ? {} : {
    [`${name}_buckets`]: `sum:slipway.${t.metric}.bucket${where([...scope.pods, ...(t.where ?? [])])}${grouped([...scope.by, "upper_bound"])}.as_count().rollup(sum, ${scope.bucketSeconds})`, [`${name}_count`]: counted(t),
  });
  const write: Record<ServerPart, () => Record<string, string>> = {
    requests: () => several("requests", s.requests), failed: () => several("failed", s.failed), of: () => several("of", s.of ?? []),
    latency: () => histogram("latency", s.latency), waiting: () => histogram("waiting", s.waiting), compute: () => histogram("compute", s.compute), ttft: () => histogram("ttft", s.ttft),
    queue: (): Record<string, string> => (s.queue === null ? {} : { queue: `sum:slipway.${s.queue}${where(scope.pods)}${grouped(scope.by)}.rollup(avg, ${scope.bucketSeconds})` }),
    tokens: (): Record<string, string> => (s.tokens === null ? {} : { tokens: counted(s.tokens) }),
    mean: (): Record<string, string> => (s.mean ? { mean_sum: counted(s.mean.sum), mean_count: counted(s.mean.count) } : s.latency ? { mean_sum: counted({ ...s.latency, part: "sum" }) } : {}),
    causes: () => ("by" in s.causes ? { causes: counted(s.causes.of, [s.causes.by]) } : Object.fromEntries(Object.entries(s.causes.named).map(([label, c]) => [`causes_${label}`, counted(c)]))),
  };
  return Object.assign({}, ...parts.map((p) => write[p]())) as Record<string, string>;
}

const where = (conditions: readonly string[]): string => `{${conditions.join(" AND ")}}`;
const grouped = (by: readonly string[]): string => (by.length === 0 ? "" : ` by {${by.join(",")}}`);
