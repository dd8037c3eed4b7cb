import { conditionSchema } from "@/lib/alerts/schema";
import { prometheusRule, type ExportedDeployment, type Skipped } from "@/lib/alerts/prometheus-rule";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { previewSettings } from "@/lib/manifests/preview-settings";
import { MEASURED_WITH, onCluster, seriesOn, type MeasuredRow } from "@/lib/observability/source-of";
import { namePart, namespaceName } from "@/lib/targets/kubernetes/names";
import type { Manifest } from "@/lib/targets/kubernetes/manifests/manifest";
import { toYaml } from "@/lib/targets/kubernetes/manifests/to-yaml";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

export type RulesExport = { preview: boolean; objects: { target: string; namespace: string; name: string }[]; alerts: number; skipped: Skipped[]; yaml: string };

/** A project's rules for the Prometheus of its cluster: one object a cluster it has deployments on. Where it has none, a preview of what one would get. */
export async function exportRules(project: { id: string; slug: string }): Promise<RulesExport> {
  const [rules, deployments] = await Promise.all([
    db().alertRule.findMany({ where: { projectId: project.id }, include: { deployment: { select: { slug: true } } }, orderBy: [{ name: "asc" }, { id: "asc" }] }),
    db().deployment.findMany({ where: { projectId: project.id }, select: MEASURED_WITH, orderBy: { slug: "asc" } }),
  ]);
  const exported = rules.map((r) => ({ id: r.id, name: r.name, deployment: r.deployment?.slug ?? null, condition: conditionSchema.parse(r.condition), severity: r.severity as "critical" | "warning", forSeconds: r.forSeconds, resolveSeconds: r.resolveSeconds, enabled: r.enabled, channels: [] }));
  const onClusters = deployments.filter(onCluster);
  const preview = onClusters.length === 0;
  const groups = Map.groupBy(preview ? deployments : onClusters, (d) => (preview ? "preview" : d.target.slug));
  const unreadable: Skipped[] = [];
  const found = [...groups].flatMap(([target, of]) => {
    try {
      return [written(target, of)];
    } catch (error) {
      // How one cluster is reached cannot be read: the rules of the others are written all the same.
      if (!(error instanceof AppError)) throw error;
      unreadable.push(...of.flatMap((d) => exported.filter((r) => r.enabled && (r.deployment === null || r.deployment === d.slug)).map((r) => ({ rule: r.name, deployment: d.slug, why: error.message }))));
      return [];
    }
  });
  function written(target: string, of: MeasuredRow[]) {
    const settings = preview ? previewSettings() : settingsOf(of[0]!.target);
    const namespace = namespaceName({ project: project.slug, projectId: project.id }, settings);
    const name = `slipway-${namePart(project.slug, 40)}`;
    return { target, namespace, name, ...prometheusRule({ project: project.slug, name, namespace, rules: exported, deployments: of.map((d) => named(project.slug, d, settings)) }) };
  }
  const elsewhere = preview ? [] : deployments.filter((d) => !onCluster(d)).flatMap((d): Skipped[] => exported.filter((r) => r.enabled && r.deployment === d.slug).map((r) => ({ rule: r.name, deployment: d.slug, why: "It runs on this machine, which no cluster's Prometheus scrapes." })));
  // Said once, though each cluster skips it.
  const skipped = [...new Map([...found.flatMap((f) => f.skipped), ...unreadable, ...elsewhere].map((s) => [`${s.rule} ${s.deployment} ${s.why}`, s])).values()];
  return {
    preview, objects: found.map(({ target, namespace, name }) => ({ target, namespace, name })), alerts: found.reduce((n, f) => n + f.alerts, 0), skipped,
    yaml: toYaml(found.map((f): Manifest => f.object)),
  };
}

const named = (project: string, d: MeasuredRow, settings: Parameters<typeof seriesOn>[1]): ExportedDeployment => ({ slug: d.slug, series: seriesOn(d, settings), url: new URL(`/app/${project}/deployments/${d.slug}`, env().baseUrl).href });
