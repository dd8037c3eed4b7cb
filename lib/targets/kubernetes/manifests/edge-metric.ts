import type { DeploymentContext } from "./context";

/**
 * Requests a second that reach the edge for a deployment, whether or not a pod is there: Envoy Gateway counts them by route. null: the
 * edge of this cluster keeps no such count in Prometheus.
 */
export function edgeRequestsQuery({ settings, namespace, name }: DeploymentContext): string | null {
  if (settings.ingress.kind !== "gateway") return null;
  const route = `httproute/${namespace}/${name}/rule/0`;
  return `sum(rate(envoy_cluster_upstream_rq_total{envoy_cluster_name="${route}"}[1m]) or vector(0)) + sum(rate(envoy_cluster_upstream_cx_none_healthy{envoy_cluster_name="${route}"}[1m]) or vector(0))`;
}
