import { BUDGET_DAYS } from "@/lib/fleet/schema";
import { meanOf, utilisationCells, type ClusterBudget, type ClusterFigures, type FleetAsked, type OnCluster } from "@/lib/fleet/read-cluster-fleet";
import { askDatadog, type AskDatadog, type DatadogConnection } from "@/lib/observability/datadog/ask";
import { countsOf } from "@/lib/observability/datadog/counts";
import { gaugeQueries, serverQueries, type DatadogScope, type ServerPart } from "@/lib/observability/datadog/plan-queries";
import type { DatadogAnswer } from "@/lib/observability/datadog/read-answer";
import { totalsOf } from "@/lib/observability/datadog/read-measures";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import { UselessAnswer } from "@/lib/observability/useless-answer";

const BUDGET_BUCKET_SECONDS = 14_400;

/** Deployments of one cluster from Datadog: one request for its pods, and one a kind of model server (two where objectives are counted), however many there are. */
export async function readDatadogFleet(connection: DatadogConnection, deployments: readonly OnCluster[], asked: FleetAsked, ask: AskDatadog = askDatadog(connection)): Promise<Map<string, ClusterFigures & { budget: ClusterBudget; answered: boolean }>> {
  const { cellSeconds, windowSeconds } = asked;
  const namespaces = [...new Set(deployments.map((d) => d.series.namespace))].join(",");
  const scope = (bucketSeconds: number): DatadogScope => ({ pods: [`kube_namespace IN (${namespaces})`], gpus: [`namespace IN (${namespaces})`], by: ["kube_namespace", "kube_deployment"], bucketSeconds });
  const toSeconds = Math.floor(asked.now.getTime() / 1000);
  const problems: string[] = [];
  const read = async (queries: Record<string, string>, seconds: number, bucketSeconds: number): Promise<DatadogAnswer | null> => {
    try {
      const answer = await ask(queries, { fromSeconds: toSeconds - seconds, toSeconds, bucketSeconds });
      if (answer.partial !== null && !problems.includes(answer.partial)) problems.push(`Datadog says that a part is missing: ${answer.partial}`);
      return answer;
    } catch (error) {
      if (!(error instanceof UselessAnswer)) throw error;
      if (!problems.includes(error.message)) problems.push(error.message);
      return null;
    }
  };
  const dialects = [...new Set(deployments.map((d) => d.dialect))];
  const gpus = deployments.some((d) => d.series.accelerators > 0);
  const servers = (parts: ServerPart[], seconds: number, bucket: number) => Promise.all(dialects.map((d) => read(serverQueries(d, scope(bucket), parts), seconds, bucket)));
  const [seen, window, week] = await Promise.all([
    read(gaugeQueries(scope(cellSeconds), ["cpu", "replicas", ...(gpus ? ["gpu" as const] : [])]), windowSeconds, cellSeconds),
    servers(["requests", "failed", "of", "latency"], windowSeconds, cellSeconds), asked.budgets ? servers(["requests", "failed", "of"], BUDGET_DAYS * 86_400, BUDGET_BUCKET_SECONDS) : [],
  ]);
  const why = problems.length > 0 ? problems.join(" ") : null;
  return new Map(deployments.map((d) => {
    const own = (tags: Record<string, string>) => (tags.kube_namespace ?? tags.namespace) === d.series.namespace && (tags.kube_deployment ?? tags.pod ?? "").startsWith(`${d.series.name}-r`);
    const server = DATADOG_SERVERS[d.dialect];
    const i = dialects.indexOf(d.dialect);
    const totals = window[i] ? totalsOf(server, window[i], own) : null;
    const seven = week[i] ? totalsOf(server, week[i], own) : null;
    const onGpu = d.series.accelerators > 0;
    const at = (name: string, factor: number) => new Map(seen ? countsOf(seen, name, own).map((v, j) => [seen.at[j]!, v === null ? null : v * factor]) : []);
    // Datadog's buckets begin on the clock, cells where the window does: a cell shows the bucket that its middle is in.
    const times = Array.from({ length: windowSeconds / cellSeconds }, (_, j) => Math.floor((toSeconds - windowSeconds + (j + 0.5) * cellSeconds) / cellSeconds) * cellSeconds);
    const gpuSeries = seen?.series.get("gpu")?.filter((s) => own(s.tags)).length ?? 0;
    const cells = utilisationCells({ times, onGpu, cores: d.cores, used: at("cpu", 1e-9), replicas: at("replicas", 1), busy: at("gpu", gpuSeries > 0 ? 0.01 / gpuSeries : 0) });
    return [d.id, {
      answered: problems.length === 0, requests: totals?.requests ?? null, p99Seconds: totals?.p99 ?? null, errorRate: totals?.requests && totals.errors !== null ? totals.errors / totals.requests : null, utilisationOf: onGpu ? ("gpu" as const) : ("processor" as const), utilisation: meanOf(cells), cells,
      why: why ?? (totals?.requests == null ? "No metrics of its pods were found in this window." : server.latency === null ? "Its model server keeps no percentiles." : null),
      budget: { requests: seven?.requests ?? null, errors: seven?.errors ?? null, why: why ?? (seven?.requests == null ? `No metrics of its pods in ${BUDGET_DAYS} days.` : null) },
    }];
  }));
}
