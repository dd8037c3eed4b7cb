import { CONTAINER, gpu } from "@/lib/observability/promql/container";
import { isAbsent, type Dialect } from "@/lib/observability/promql/dialect";
import { literally, Promql, quoted } from "@/lib/observability/promql/promql";

export const QUARTER_SECONDS = 900;
/** A deployment's pods of one revision, by the names Slipway gave them. */
export type Pods = { namespace: string; name: string; revision: number };

/** What advice reads by quarters of an hour. Peaks are of the pod that used most. */
export const QUARTER_MEASURES = ["requests", "latency", "cpuTotal", "cpuPeak", "memoryPeak", "gpuTotal", "gpuPeak", "gpuMemoryPeak"] as const;
export type QuarterMeasure = (typeof QUARTER_MEASURES)[number];
export type QuarterPlan = { quarters: Record<QuarterMeasure, { expression: string } | { absent: string }>; /** Of the whole time, at once. */ p95: { expression: string } | { absent: string } };

/**
 * Pure: the queries that tell how deployments of one kind of server were used, told apart by deployment. Their number does not depend on how many there
 * are. `seconds`: of the whole time. Without `withGpu` none is asked about GPUs.
 */
export function planQuarters(dialect: Dialect, pods: readonly Pods[], seconds: number, withGpu: boolean): QuarterPlan {
  const any = (texts: readonly string[]) => quoted([...new Set(texts)].join("|"));
  const matchers = `namespace=~${any(pods.map((p) => literally(p.namespace)))},pod=~${any(pods.map((p) => `${literally(p.name)}-r${p.revision}-.+`))}`;
  const q = new Promql({ pods: matchers, window: `${QUARTER_SECONDS}s`, perDeployment: true });
  const asked = (e: ReturnType<Dialect["measures"]>["mean"]) => (isAbsent(e) ? { absent: e.absent } : { expression: e });
  const server = dialect.measures(q);
  const ofGpu = (expression: string) => (withGpu ? { expression } : { absent: "The profile has no GPU." });
  const busy = gpu(q, "DCGM_FI_DEV_GPU_UTIL", "avg_over_time");
  const cpu = q.rate("container_cpu_usage_seconds_total", CONTAINER);
  return {
    quarters: {
      requests: asked(server.requestsPerSecond), latency: asked(server.mean),
      cpuTotal: { expression: q.sum(cpu) }, cpuPeak: { expression: q.max(q.sum(cpu, "pod")) },
      memoryPeak: { expression: q.max(q.sum(q.maxOver("container_memory_working_set_bytes", CONTAINER), "pod")) },
      gpuTotal: ofGpu(`${q.sum(busy)} / 100`), gpuPeak: ofGpu(`${q.max(q.sum(busy, "pod"))} / 100`), gpuMemoryPeak: ofGpu(q.max(gpu(q, "DCGM_FI_DEV_FB_USED", "max_over_time"))),
    },
    p95: asked(dialect.measures(new Promql({ pods: matchers, window: `${seconds}s`, perDeployment: true })).p95),
  };
}
