import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { datadogDashboard } from "@/lib/observability/datadog/dashboard";
import { podsOnDatadog } from "@/lib/observability/datadog/plan-queries";
import { deploymentDashboard } from "@/lib/observability/grafana/deployment-dashboard";
import { fleetDashboard } from "@/lib/observability/grafana/fleet-dashboard";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import type { Edge } from "@/lib/observability/promql/edge";
import type { Profile } from "@/lib/profiles/schema";
import { runtimeNamed } from "@/lib/serving/runtimes";
import { deploymentName, nameHash, namePart, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

export type DashboardOf = "grafana" | "datadog";
export type Dashboard = { uid: string; dashboard: Record<string, unknown> };
const LOCAL = "Slipway samples this machine's replicas itself, and no Prometheus holds their measures: there is nothing that a Grafana, or Datadog, could ask.";

export const deploymentUid = (id: string) => `slipway-${nameHash(`grafana:deployment:${id}`)}`;
export const fleetUid = (targetId: string) => `slipway-fleet-${nameHash(`grafana:target:${targetId}`)}`;

/** The dashboard of a deployment. Throws not_found; unprocessable on this machine, which has no Prometheus. */
export async function readDeploymentDashboard(projectId: string, slug: string, of: DashboardOf = "grafana"): Promise<Dashboard> {
  const d = await db().deployment.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: { id: true, slug: true, stableRevision: true, desiredRevision: true, project: { select: { slug: true } }, target: true, revisions: { select: { number: true, runtime: true, profile: true } } },
  });
  if (!d) throw notFound("deployment");
  if (d.target.kind === "local") throw new AppError("unprocessable", LOCAL);
  const revision = d.revisions.find((r) => r.number === (d.stableRevision ?? d.desiredRevision))!;
  const settings = settingsOf(d.target);
  const ref = { id: d.id, project: d.project.slug, projectId, deployment: d.slug };
  const [namespace, name, uid] = [namespaceName(ref, settings), deploymentName(ref), deploymentUid(d.id)];
  const edge: Edge = settings.ingress.kind === "gateway" ? { kind: "envoy", route: `httproute/${namespace}/${name}/rule/0` } : { kind: settings.ingress.kind };
  const slipwayUrl = `${env().baseUrl}/app/${encodeURIComponent(ref.project)}/deployments/${encodeURIComponent(d.slug)}`;
  const { dialect } = runtimeNamed(revision.runtime);
  const accelerators = (revision.profile as Profile).accelerator?.count ?? 0;
  if (of === "datadog") return { uid, dashboard: datadogDashboard({ title: `${ref.project} / ${d.slug}`, slipwayUrl, scope: { ...podsOnDatadog(namespace, name, null), by: [] }, dialects: [dialect], withGpu: accelerators > 0 }) };
  return { uid, dashboard: deploymentDashboard({ uid, project: ref.project, deployment: d.slug, slipwayUrl, namespace, name, edge, dialect: DIALECTS[dialect], accelerators }) };
}

/** The dashboard of everything on a target. */
export async function readFleetDashboard(slug: string, of: DashboardOf = "grafana"): Promise<Dashboard> {
  const target = await db().target.findUnique({ where: { slug } });
  if (!target) throw notFound("target");
  if (target.kind === "local") throw new AppError("unprocessable", LOCAL);
  const settings = settingsOf(target);
  const used = await db().revision.findMany({ where: { deployment: { targetId: target.id } }, select: { runtime: true }, distinct: ["runtime"], orderBy: { runtime: "asc" } });
  const dialects = [...new Set(used.map((r) => runtimeNamed(r.runtime).dialect))];
  const uid = fleetUid(target.id);
  const namespacePrefix = `${namePart(settings.namespacePrefix, 20)}-${namePart(settings.instance, 8)}-`;
  const slipwayUrl = `${env().baseUrl}/app/fleet`;
  if (of === "datadog") return { uid, dashboard: datadogDashboard({ title: `Slipway fleet on ${target.slug}`, slipwayUrl, scope: { pods: [`kube_namespace:${namespacePrefix}*`], gpus: [`namespace:${namespacePrefix}*`], by: ["kube_namespace", "kube_deployment"] }, dialects, withGpu: true }) };
  return { uid, dashboard: fleetDashboard({ uid, target: target.slug, namespacePrefix, dialects: dialects.map((d) => DIALECTS[d]), slipwayUrl: `${env().baseUrl}/app/deployments` }) };
}
