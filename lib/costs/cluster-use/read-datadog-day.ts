import type { RevisionDay } from "@/lib/costs/cluster-use/read-day";
import type { AskDatadog } from "@/lib/observability/datadog/ask";
import { countsOf, overall } from "@/lib/observability/datadog/counts";
import { serverQueries } from "@/lib/observability/datadog/plan-queries";
import { totalsOf } from "@/lib/observability/datadog/read-measures";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** Buckets of this length fill a day, and one that is cut off by the stretch's end counts as far as it goes. */
const BUCKET_SECONDS = 3600;
const OBJECT = /^(.+)-r([1-9]\d*)$/;

/**
 * What readDay is of a Prometheus, of Datadog: one request a kind of server, whatever the number of deployments and revisions. `batches`: as there.
 * Throws UselessAnswer, also for an answer in parts.
 */
export async function readDatadogDay(ask: AskDatadog, dialect: ServingRuntime["dialect"], namespaces: readonly string[], { from, to }: { from: Date; to: Date }, batches: boolean): Promise<RevisionDay[]> {
  const server = DATADOG_SERVERS[dialect];
  const scope = { pods: [`kube_namespace IN (${namespaces.join(",")})`], gpus: [], by: ["kube_namespace", "kube_deployment"], bucketSeconds: BUCKET_SECONDS };
  const answer = await ask(serverQueries(dialect, scope, ["requests", "failed", "of", "latency", "mean"]), { fromSeconds: Math.floor(from.getTime() / 1000), toSeconds: Math.floor(to.getTime() / 1000), bucketSeconds: BUCKET_SECONDS });
  if (answer.partial !== null) throw new UselessAnswer(`Datadog says that a part is missing: ${answer.partial}`);
  const places = new Map([...answer.series.values()].flat().map(({ tags }) => [`${tags.kube_namespace}/${tags.kube_deployment}`, tags] as const));
  return [...places.values()].flatMap(({ kube_namespace: namespace, kube_deployment: object }): RevisionDay[] => {
    const [, name, revision] = OBJECT.exec(object ?? "") ?? [];
    if (namespace === undefined || name === undefined || revision === undefined) return [];
    const own = (tags: Record<string, string>) => tags.kube_namespace === namespace && tags.kube_deployment === object;
    const { requests: handled, errors, p95 } = totalsOf(server, answer, own);
    if (handled === null) return [];
    const [sum, count] = ["mean_sum", server.mean ? "mean_count" : "latency_count"].map((n) => overall(countsOf(answer, n, own))) as [number | null, number | null];
    const mean = sum === null || !count ? null : (sum / count) * (server.mean?.unit ?? server.latency?.unit ?? 1);
    // A share of what the failures are counted among, which need not be the requests.
    const whole = server.of ? overall(countsOf(answer, "of", own)) : handled;
    const times = (share: number | null) => (handled === 0 ? 0 : share === null ? null : handled * share);
    return [{ namespace, name, revision: Number(revision), handled, failed: times(errors === null || !whole ? null : errors / whole), busySeconds: batches ? null : times(mean), p95Seconds: p95 }];
  });
}
