import type { Ask } from "@/lib/observability/prometheus/ask";
import type { PromSeries } from "@/lib/observability/prometheus/read-answer";
import { isAbsent, type Dialect, type Expression } from "@/lib/observability/promql/dialect";
import { literally, Promql, quoted, REVISION_LABEL } from "@/lib/observability/promql/promql";
import { UselessAnswer } from "@/lib/observability/useless-answer";

export type RevisionDay = { namespace: string; name: string; revision: number; handled: number; failed: number | null; busySeconds: number | null; p95Seconds: number | null };

/** More revisions than serve on a cluster in a day: a bound on what a bad answer may cost. */
const MOST_SERIES = 5000;

/**
 * Requests, failures, time and p95 of every revision that answered something in a stretch of a day, in four queries of one kind of server, whatever the
 * number of deployments. `batches`: the server takes many requests into one computation, so that their times do not add up to what it was busy.
 * Throws UselessAnswer: half of the figures would make small what is large.
 */
export async function readDay(ask: Ask, dialect: Dialect, namespaces: readonly string[], { from, to }: { from: Date; to: Date }, batches: boolean): Promise<RevisionDay[]> {
  const seconds = Math.floor((to.getTime() - from.getTime()) / 1000);
  const q = new Promql({ pods: `namespace=~${quoted(namespaces.map(literally).join("|"))},pod=~".+-r[0-9]+-.+"`, window: `${seconds}s`, perDeployment: true, perRevision: true });
  const measures = dialect.measures(q);
  const read = async (expression: Expression): Promise<Map<string, PromSeries>> => {
    if (isAbsent(expression)) return new Map();
    const answer = await ask("query", { query: expression, time: String(to.getTime() / 1000) }, MOST_SERIES);
    if (answer.warnings.length > 0) throw new UselessAnswer(`It says that a part is missing: ${answer.warnings[0]}`);
    return new Map(answer.series.map((s) => [`${s.labels.namespace}/${s.labels.slipway_deployment}/${s.labels[REVISION_LABEL]}`, s]));
  };
  const [rate, errors, mean, p95] = await Promise.all([measures.requestsPerSecond, measures.errorRate, measures.mean, measures.p95].map(read)) as [Map<string, PromSeries>, Map<string, PromSeries>, Map<string, PromSeries>, Map<string, PromSeries>];
  const valueOf = (of: Map<string, PromSeries>, key: string): number | null => of.get(key)?.points[0]?.[1] ?? null;
  return [...rate].flatMap(([key, { labels }]): RevisionDay[] => {
    const perSecond = valueOf(rate, key);
    if (perSecond === null) return [];
    const handled = perSecond * seconds;
    // Without a request there is no share of failures and no mean: both are nothing, and known to be.
    const times = (share: number | null) => (handled === 0 ? 0 : share === null ? null : handled * share);
    return [{
      namespace: labels.namespace!, name: labels.slipway_deployment!, revision: Number(labels[REVISION_LABEL]), handled,
      failed: isAbsent(measures.errorRate) ? null : times(valueOf(errors, key)), busySeconds: batches || isAbsent(measures.mean) ? null : times(valueOf(mean, key)), p95Seconds: valueOf(p95, key),
    }];
  });
}
