import { db } from "@/lib/db/client";
import { deploymentUid } from "@/lib/observability/grafana/read-dashboard";
import type { GrafanaConfig } from "@/lib/observability/grafana/schema";

/** Where a deployment's dashboard is in its target's Grafana; null: none is set. */
export async function grafanaLink(deployment: { id: string; target: string }): Promise<string | null> {
  const row = await db().targetGrafana.findFirst({ where: { target: { slug: deployment.target } }, select: { config: true } });
  return row && `${(row.config as GrafanaConfig).url}/d/${deploymentUid(deployment.id)}`;
}
