import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { datadogLink } from "@/lib/observability/datadog/datadog-link";
import { grafanaLink } from "@/lib/observability/grafana/grafana-link";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

/** Where the same measures are looked at by other means; undefined: on this machine, nowhere. `href` null: it is not known where. */
export type Elsewhere = { name: "Grafana" | "Datadog"; href: string | null } | undefined;

export async function measuresElsewhere(d: { id: string; slug: string; project: string; projectId: string; target: string; targetKind: string }): Promise<Elsewhere> {
  if (d.targetKind === "local") return undefined;
  const target = await db().target.findUnique({ where: { slug: d.target }, include: { metricsSource: true } });
  if (target?.metricsSource?.kind !== "datadog") return { name: "Grafana", href: await grafanaLink(d) };
  try {
    const [settings, ref] = [settingsOf(target), { id: d.id, project: d.project, projectId: d.projectId, deployment: d.slug }];
    return { name: "Datadog", href: datadogLink(target.metricsSource.config, namespaceName(ref, settings), deploymentName(ref)) };
  } catch (error) {
    // How the cluster is reached cannot be read: then its names are not known either.
    if (error instanceof AppError) return { name: "Datadog", href: null };
    throw error;
  }
}
