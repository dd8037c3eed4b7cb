import type { Measure } from "@/lib/observability/measures";
import type { ServerMeasure } from "@/lib/observability/promql/dialect";
import { Promql } from "@/lib/observability/promql/promql";

export type ContainerMeasure = Exclude<Measure, ServerMeasure>;
type Rule = { expression: (q: Promql) => string; /** What has to be scraped for it. */ needs: string };

export const CONTAINER = 'container!="",container!="POD"';

/**
 * DCGM's series carry the pod under `pod` where the scrape honours its labels, and under `exported_pod` where it does not: the first is a
 * series of the exporter's own pod otherwise, which these matchers do not select. `over`: of the scope's window, instead of as it stands.
 */
export function gpu(q: Promql, metric: string, over?: "avg_over_time" | "max_over_time"): string {
  const of = (matchers: string) => (over ? `${over}(${metric}{${matchers}}[${q.scope.window}])` : `${metric}{${matchers}}`);
  const exported = q.scope.pods.replaceAll(/\b(namespace|pod)(=~?)/g, "exported_$1$2");
  const bare = `${of(q.scope.pods)} or label_replace(label_replace(${of(exported)}, "pod", "$1", "exported_pod", "(.+)"), "namespace", "$1", "exported_namespace", "(.+)")`;
  return q.scope.perDeployment ? `label_replace(${bare}, "slipway_deployment", "$1", "pod", "(.+)-r[0-9]+-.+")` : bare;
}

const KSM = "kube-state-metrics";
/** What a cluster's own exporters tell of a deployment's pods. */
export const CONTAINER_MEASURES: Record<ContainerMeasure, Rule> = {
  cpu: { needs: "cAdvisor", expression: (q) => q.sum(q.rate("container_cpu_usage_seconds_total", CONTAINER)) },
  memory: { needs: "cAdvisor", expression: (q) => q.sum(q.value("container_memory_working_set_bytes", CONTAINER)) },
  throttled: { needs: "cAdvisor", expression: (q) => `${q.sum(q.rate("container_cpu_cfs_throttled_periods_total", CONTAINER))} / ${q.sum(q.rate("container_cpu_cfs_periods_total", CONTAINER))}` },
  gpu: { needs: "NVIDIA's DCGM exporter", expression: (q) => `${q.avg(gpu(q, "DCGM_FI_DEV_GPU_UTIL"))} / 100` },
  gpuMemory: { needs: "NVIDIA's DCGM exporter", expression: (q) => `${q.sum(gpu(q, "DCGM_FI_DEV_FB_USED"))} * 1048576` },
  replicas: { needs: KSM, expression: (q) => q.sum(q.value("kube_pod_status_ready", 'condition="true"')) },
  restarts: { needs: KSM, expression: (q) => q.sum(q.increase("kube_pod_container_status_restarts_total", 'container="server"')) },
};

/** Kinds of node the pods are on: instant, one result a kind. Needs kube-state-metrics with the nodes' labels allowed. */
export const nodesExpression = (q: Promql): string =>
  `count by (label_node_kubernetes_io_instance_type, label_karpenter_sh_capacity_type, label_eks_amazonaws_com_capacity_type) (${q.value("kube_pod_info")} * on (node) group_left (label_node_kubernetes_io_instance_type, label_karpenter_sh_capacity_type, label_eks_amazonaws_com_capacity_type) max by (node, label_node_kubernetes_io_instance_type, label_karpenter_sh_capacity_type, label_eks_amazonaws_com_capacity_type) (kube_node_labels))`;
