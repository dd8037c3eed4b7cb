import type { ServerMeasure } from "@/lib/observability/promql/dialect";
import { literally, quoted } from "@/lib/observability/promql/promql";

/** What stands in front of a deployment and counts its requests. `route`: the name Envoy Gateway gives the cluster behind rule 0. */
export type Edge = { kind: "envoy"; route: string } | { kind: "alb" } | { kind: "none" };

/** Said of what an ALB counts in a server's place, where only Prometheus is asked. */
export const IN_CLOUDWATCH = "The load balancer keeps it in CloudWatch.";
const ALB_TELLS: readonly ServerMeasure[] = ["p50", "p95", "p99", "mean", "requestsPerSecond", "errorRate"];
export const albTells = (measure: ServerMeasure): boolean => ALB_TELLS.includes(measure);

/** What the edge can tell in a server's place; null: not that. Envoy's time is in milliseconds. */
export function edgeExpression(edge: Edge, measure: ServerMeasure, window: string): string | null {
  return edge.kind === "envoy" ? envoyExpression(`${ROUTE_LABEL}=${quoted(edge.route)}`, null, measure, window) : null;
}

/** The label by which Envoy tells routes apart. */
export const ROUTE_LABEL = "envoy_cluster_name";

/** The same of many routes at once, each by its name. */
export const edgesExpression = (routes: readonly string[], measure: ServerMeasure, window: string): string | null =>
  envoyExpression(`${ROUTE_LABEL}=~${quoted(routes.map(literally).join("|"))}`, ROUTE_LABEL, measure, window);

function envoyExpression(routes: string, by: string | null, measure: ServerMeasure, window: string): string | null {
  const rate = (metric: string, extra = "") => `rate(${metric}{${routes}${extra}}[${window}])`;
  const sum = (of: string, ...labels: string[]) => { const all = [...labels, ...(by ? [by] : [])]; return all.length > 0 ? `sum by (${all.join(", ")}) (${of})` : `sum(${of})`; };
  const quantile = (q: number) => `histogram_quantile(${q}, ${sum(rate("envoy_cluster_upstream_rq_time_bucket"), "le")}) / 1000`;
  const all = sum(rate("envoy_cluster_upstream_rq_total"));
  switch (measure) {
    case "p50": return quantile(0.5);
    case "p95": return quantile(0.95);
    case "p99": return quantile(0.99);
    case "requestsPerSecond": return all;
    case "errorRate": return `(${sum(rate("envoy_cluster_upstream_rq_xx", ',envoy_response_code_class="5"'))} or ${all} * 0) / ${all}`;
    default: return null;
  }
}
