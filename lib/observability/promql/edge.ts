import type { ServerMeasure } from "@/lib/observability/promql/dialect";
import { quoted } from "@/lib/observability/promql/promql";

/** What stands in front of a deployment and counts its requests. `route`: the name Envoy Gateway gives the cluster behind rule 0. */
export type Edge = { kind: "envoy"; route: string } | { kind: "alb" } | { kind: "none" };

/** Said of what an ALB counts in a server's place, where only Prometheus is asked. */
export const IN_CLOUDWATCH = "The load balancer keeps it in CloudWatch.";
const ALB_TELLS: readonly ServerMeasure[] = ["p50", "p95", "p99", "mean", "requestsPerSecond", "errorRate"];
export const albTells = (measure: ServerMeasure): boolean => ALB_TELLS.includes(measure);

/** What the edge can tell in a server's place; null: not that. Envoy's time is in milliseconds. */
export function edgeExpression(edge: Edge, measure: ServerMeasure, window: string): string | null {
  if (edge.kind !== "envoy") return null;
  const of = (extra = "") => `{envoy_cluster_name=${quoted(edge.route)}${extra}}`;
  const rate = (metric: string, extra = "") => `rate(${metric}${of(extra)}[${window}])`;
  const quantile = (q: number) => `histogram_quantile(${q}, sum by (le) (${rate("envoy_cluster_upstream_rq_time_bucket")})) / 1000`;
  const all = `sum(${rate("envoy_cluster_upstream_rq_total")})`;
  switch (measure) {
    case "p50": return quantile(0.5);
    case "p95": return quantile(0.95);
    case "p99": return quantile(0.99);
    case "requestsPerSecond": return all;
    case "errorRate": return `(sum(${rate("envoy_cluster_upstream_rq_xx", ',envoy_response_code_class="5"')}) or ${all} * 0) / ${all}`;
    default: return null;
  }
}
