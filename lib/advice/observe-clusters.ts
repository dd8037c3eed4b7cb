import { measuredOfQuarters, type QuarterSeries } from "@/lib/advice/measured-of-quarters";
import { ADVICE_DAYS, type Measured } from "@/lib/advice/observe";
import { planQuarters, QUARTER_MEASURES, QUARTER_SECONDS, type Pods, type QuarterMeasure } from "@/lib/advice/plan-quarters";
import { askOf, type Ask, type PrometheusConnection } from "@/lib/observability/prometheus/ask";
import type { PromSeries } from "@/lib/observability/prometheus/read-answer";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { connectionOf, isDatadog } from "@/lib/observability/sources/connection-of";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { AppError } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";
import { runtimeNamed } from "@/lib/serving/runtimes";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf, type SettingsRow } from "@/lib/targets/kubernetes/settings-of";

type Source = Parameters<typeof connectionOf>[1];
export type OnCluster = { id: string; slug: string; projectId: string; project: { slug: string }; revision: number; runtime: string; profile: Profile; target: SettingsRow & { id: string; name: string; metricsSource: Source | null } };
/** What was measured of a deployment, or why nothing was. */
export type Seen = Measured | { missing: string };

const SETTLE_SECONDS = 60;

/** Use of the last fourteen days by quarters of an hour, from the metrics sources of the clusters that these run on: a few queries a cluster and kind of server, whatever their number. */
export async function observeClusters(deployments: readonly OnCluster[], now: Date, askFor: (connection: PrometheusConnection) => Ask = askOf): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  const groups = Map.groupBy(deployments, (d) => `${d.target.id} ${runtimeNamed(d.runtime).dialect}`);
  await Promise.all([...groups.values()].map(async (group) => {
    const { target } = group[0]!;
    const missing = (why: string) => group.forEach((d) => seen.set(d.id, { missing: why }));
    if (!target.metricsSource) return missing(`${target.name} has no metrics source, so nothing is known of its use. A platform person sets one on the target's page.`);
    try {
      const connection = connectionOf(target.slug, target.metricsSource);
      if (isDatadog(connection)) return missing(`The measures of ${target.name} are in Datadog. Advice is worked out of the series of a Prometheus so far.`);
      const settings = settingsOf(target);
      const pods = group.map((d): Pods => {
        const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
        return { namespace: namespaceName(ref, settings), name: deploymentName(ref), revision: d.revision };
      });
      const read = await readQuarters(askFor(connection), group, pods, now);
      group.forEach((d, i) => seen.set(d.id, read(d, pods[i]!)));
    } catch (error) {
      if (error instanceof UselessAnswer || (error instanceof AppError && error.code === "unprocessable")) return missing(`The metrics source of ${target.name} could not be read. ${error.message}`);
      throw error;
    }
  }));
  return seen;
}

async function readQuarters(ask: Ask, group: readonly OnCluster[], pods: readonly Pods[], now: Date): Promise<(d: OnCluster, p: Pods) => Seen> {
  const dialect = DIALECTS[runtimeNamed(group[0]!.runtime).dialect];
  const seconds = ADVICE_DAYS * 86_400;
  const end = Math.floor((now.getTime() / 1000 - SETTLE_SECONDS) / QUARTER_SECONDS) * QUARTER_SECONDS;
  const plan = planQuarters(dialect, pods, seconds, group.some((d) => d.profile.accelerator?.kind === "gpu"));
  const why: Partial<Record<QuarterMeasure, string>> = {};
  const form = { start: String(end - seconds + QUARTER_SECONDS), end: String(end), step: String(QUARTER_SECONDS) };
  // More series than deployments: the names of one may be found in the namespace of another.
  const most = group.length * 4 + 20;
  const [answers, p95] = await Promise.all([
    Promise.all(QUARTER_MEASURES.map(async (m): Promise<[QuarterMeasure, PromSeries[]]> => {
      const planned = plan.quarters[m];
      if ("absent" in planned) {
        why[m] = planned.absent;
        return [m, []];
      }
      const answer = await ask("query_range", { query: planned.expression, ...form }, most);
      // Half of what was used would make small what is large.
      if (answer.warnings.length > 0) throw new UselessAnswer(`It says that a part is missing: ${answer.warnings[0]}`);
      return [m, answer.series];
    })),
    "absent" in plan.p95 ? [] : ask("query", { query: plan.p95.expression, time: String(end) }, most).then((a) => a.series),
  ]);
  const own = (p: Pods) => (s: PromSeries) => s.labels.namespace === p.namespace && s.labels.slipway_deployment === p.name;
  return (d, p) => {
    const series = Object.fromEntries(answers.flatMap(([m, all]) => all.filter(own(p)).map((s) => [m, s.points]))) as QuarterSeries;
    const p95Seconds = p95.find(own(p))?.points[0]?.[1] ?? null;
    return measuredOfQuarters({ deploymentId: d.id, series, p95Seconds, profile: d.profile, batches: d.runtime === "vllm", why }) ?? { missing: `The metrics source of ${d.target.name} has no series of its pods. Slipway's PodMonitor needs the Prometheus operator; else scrape the pods' metrics port.` };
  };
}
