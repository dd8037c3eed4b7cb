import { readLedger } from "@/lib/costs/replica-time-source";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { withCost } from "@/lib/observability/cost-series";
import { embeddedSource } from "@/lib/observability/embedded-source";
import { emptySeries, gridOf, MEASURES } from "@/lib/observability/measures";
import { rangeOf, type Metrics, type MetricsQuery, type MetricsSource } from "@/lib/observability/metrics-source";
import { askOf } from "@/lib/observability/prometheus/ask";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import type { Edge } from "@/lib/observability/promql/edge";
import { connectionOf } from "@/lib/observability/sources/connection-of";
import type { SourceConfig } from "@/lib/observability/sources/schema";
import type { Profile } from "@/lib/profiles/schema";
import { runtimeNamed } from "@/lib/serving/runtimes";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

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

async function sourceOf(deploymentId: string, revision: number | undefined): Promise<MetricsSource> {
  const d = await db().deployment.findUnique({
    where: { id: deploymentId },
    select: { id: true, slug: true, projectId: true, stableRevision: true, desiredRevision: true, project: { select: { slug: true } }, target: { include: { metricsSource: true } }, revisions: { select: { number: true, runtime: true, profile: true }, orderBy: { number: "asc" } } },
  });
  if (!d) throw notFound("deployment");
  if (d.target.kind !== "kubernetes" && d.target.kind !== "eks") return embeddedSource;
  const row = d.target.metricsSource;
  if (!row) return noSource(d.target.name);
  const chosen = d.revisions.find((r) => r.number === (revision ?? d.stableRevision ?? d.desiredRevision));
  if (!chosen) throw notFound("revision");
  const settings = settingsOf(d.target);
  const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
  const [namespace, name] = [namespaceName(ref, settings), deploymentName(ref)];
  const edge: Edge = settings.ingress.kind === "gateway" ? { kind: "envoy", route: `httproute/${namespace}/${name}/rule/0` } : { kind: settings.ingress.kind };
  try {
    return prometheusSource(askOf(connectionOf(d.target.slug, row)), {
      dialect: DIALECTS[runtimeNamed(chosen.runtime).dialect], namespace, name, edge, accelerators: (chosen.profile as Profile).accelerator?.count ?? 0,
      revisions: d.revisions.map((r) => r.number), scrapeIntervalSeconds: (row.config as SourceConfig).scrapeIntervalSeconds,
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "unprocessable") return noSource(d.target.name, error.message);
    throw error;
  }
}

/** A cluster that nothing was said about: every measure is missing for the same reason. Its pods are never scraped through the API server. */
function noSource(target: string, reason = `No source: ${target} has no metrics source. A platform person sets one on the target's page.`): MetricsSource {
  return {
    name: "none",
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
