import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { albEdgeOf } from "@/lib/observability/alb/edge";
import { withAlb } from "@/lib/observability/alb/with-alb";
import { askDatadog } from "@/lib/observability/datadog/ask";
import { datadogSource } from "@/lib/observability/datadog/datadog-source";
import { embeddedSource } from "@/lib/observability/embedded-source";
import { emptySeries, gridOf, MEASURES } from "@/lib/observability/measures";
import { rangeOf, type RevisionSource } from "@/lib/observability/metrics-source";
import { askOf } from "@/lib/observability/prometheus/ask";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import type { Edge } from "@/lib/observability/promql/edge";
import type { PlanInput } from "@/lib/observability/promql/plan-queries";
import { connectionOf, isDatadog } from "@/lib/observability/sources/connection-of";
import type { Profile } from "@/lib/profiles/schema";
import { runtimeNamed } from "@/lib/serving/runtimes";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

export const MEASURED_WITH = {
  id: true, slug: true, projectId: true, stableRevision: true, desiredRevision: true, project: { select: { slug: true } }, target: { include: { metricsSource: true } },
  revisions: { select: { number: true, runtime: true, profile: true }, orderBy: { number: "asc" } },
} as const;
const readMeasured = (ids: readonly string[]) => db().deployment.findMany({ where: { id: { in: [...ids] } }, select: MEASURED_WITH });
export type MeasuredRow = Awaited<ReturnType<typeof readMeasured>>[number];

export const onCluster = (d: { target: { kind: string } }): boolean => d.target.kind === "kubernetes" || d.target.kind === "eks";

/** Where each of these deployments is measured. One query, whatever their number; one that is not there is not in the answer. */
export async function sourcesOf(ids: readonly string[]): Promise<Map<string, RevisionSource>> {
  return new Map((await readMeasured(ids)).map((d) => [d.id, sourceOfRow(d, undefined)]));
}

/** Where a deployment, or one revision of it, is measured. Throws not_found. */
export async function sourceOf(id: string, revision: number | undefined): Promise<RevisionSource> {
  const [d] = await readMeasured([id]);
  if (!d) throw notFound("deployment");
  return sourceOfRow(d, revision);
}

function sourceOfRow(d: MeasuredRow, revision: number | undefined): RevisionSource {
  if (!onCluster(d)) return embeddedSource;
  const row = d.target.metricsSource;
  if (!row) return noSource(d.target.name);
  try {
    const settings = settingsOf(d.target);
    const { revision: _all, window: _any, ...series } = seriesOn(d, settings, revision);
    const revisions = d.revisions.map((r) => r.number);
    const connection = connectionOf(d.target.slug, row);
    const source = isDatadog(connection) ? datadogSource(askDatadog(connection), { ...series, dialect: dialectOf(d, revision), revisions })
      : prometheusSource(askOf(connection), { ...series, revisions, scrapeIntervalSeconds: connection.config.scrapeIntervalSeconds });
    const alb = albEdgeOf(d.target, settings);
    return alb ? withAlb(source, alb, series) : source;
  } catch (error) {
    // How one cluster is reached cannot be read: that costs its own deployments their measures, and nobody else's.
    if (error instanceof AppError && error.code === "unprocessable") return noSource(d.target.name, error.message);
    throw error;
  }
}

type Revisions = Pick<MeasuredRow, "stableRevision" | "desiredRevision" | "revisions">;
const chosenRevision = (d: Revisions, revision?: number) => d.revisions.find((r) => r.number === (revision ?? d.stableRevision ?? d.desiredRevision));

/** How the model server of a deployment, or of one revision of it, names its metrics. Throws not_found for a revision that it has not. */
export function dialectOf(d: Revisions, revision?: number): ServingRuntime["dialect"] {
  const chosen = chosenRevision(d, revision);
  if (!chosen) throw notFound("revision");
  return runtimeNamed(chosen.runtime).dialect;
}

/** What a deployment's series are called on a cluster, by the names Slipway gives its objects there. Throws not_found for a revision that it has not. */
export function seriesOn(d: Pick<MeasuredRow, "id" | "slug" | "projectId" | "project" | "stableRevision" | "desiredRevision" | "revisions">, settings: ClusterSettings, revision?: number, window = "5m"): PlanInput {
  const chosen = chosenRevision(d, revision);
  if (!chosen) throw notFound("revision");
  const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
  const [namespace, name] = [namespaceName(ref, settings), deploymentName(ref)];
  const edge: Edge = settings.ingress.kind === "gateway" ? { kind: "envoy", route: `httproute/${namespace}/${name}/rule/0` } : { kind: settings.ingress.kind };
  return { dialect: DIALECTS[runtimeNamed(chosen.runtime).dialect], namespace, name, edge, accelerators: (chosen.profile as Profile).accelerator?.count ?? 0, revision: revision ?? null, window };
}

/** A cluster that nothing was said about: every measure is missing for the same reason. Its pods are never scraped through the API server. */
function noSource(target: string, reason = `No source: ${target} has no metrics source. A platform person sets one on the target's page.`): RevisionSource {
  return {
    name: "none",
    figures: async () => ({ requests: null, errors: null, p99Seconds: null, missing: { requests: reason, errors: reason, p99Seconds: reason } }),
    async query(query) {
      const range = rangeOf(query);
      const times = gridOf(range);
      const nothing = times.map((t): [number, null] => [t, null]);
      return {
        from: range.fromSeconds, to: range.toSeconds, stepSeconds: range.stepSeconds, source: "none", asOf: null, revisions: [], errorsByCause: {}, nodes: null,
        series: { ...emptySeries(times), costPerHour: nothing, costPer1000: nothing }, gaps: [...MEASURES, "errorsByCause" as const].map((measure) => ({ measure, kind: "no_source" as const, reason })),
        totals: { requests: null, errors: null, p50: null, p95: null, p99: null, computeP50Ms: null, computeMeanMs: null, computeSeconds: null },
      };
    },
  };
}
