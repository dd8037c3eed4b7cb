import { readLedger } from "@/lib/costs/replica-time-source";
import { withCost } from "@/lib/observability/cost-series";
import { rangeOf, type Metrics, type MetricsQuery } from "@/lib/observability/metrics-source";
import { sourceOf } from "@/lib/observability/source-of";

/** Measures of a deployment from the source of its target, and what it cost on the same axis. Throws not_found. */
export async function measureDeployment(deploymentId: string, query: Omit<MetricsQuery, "deploymentId">): Promise<Metrics> {
  const range = rangeOf(query);
  const [source, intervals] = await Promise.all([
    sourceOf(deploymentId, query.revision),
    readLedger({ deploymentIds: [deploymentId], window: { from: new Date(range.fromSeconds * 1000), to: new Date(range.toSeconds * 1000) } }),
  ]);
  const metrics = await source.query({ deploymentId, ...query });
  return withCost(metrics, query.revision === undefined ? intervals : intervals.filter((i) => i.revision === query.revision), query.now);
}
