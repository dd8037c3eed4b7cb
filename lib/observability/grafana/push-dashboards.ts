import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import { whyNoMetricsSource } from "@/lib/net/vet-source-address";
import { grafanaOf } from "@/lib/observability/grafana/grafana-settings";
import { type Dashboard, readDeploymentDashboard, readFleetDashboard } from "@/lib/observability/grafana/read-dashboard";
import type { GrafanaConfig, Pushed } from "@/lib/observability/grafana/schema";

const TIMEOUT_MS = 10_000;
const MOST = 500;
const RULE = "A Grafana may be private, but never a metadata service or a link-local address.";

/** Puts the fleet's dashboard and every deployment's of a target into its Grafana, in place of what is there. One that is refused does not keep the others; after the first that cannot be reached it stops. */
export async function pushDashboards(actor: Actor, slug: string, now = new Date()): Promise<Pushed> {
  requirePermission(actor, "target.manage", null);
  const { targetId, config, token } = await grafanaOf(slug);
  const deployments = await db().deployment.findMany({ where: { targetId, desiredState: { not: "deleted" } }, select: { slug: true, projectId: true, project: { select: { slug: true } } }, orderBy: { createdAt: "asc" }, take: MOST });
  const result: Pushed = { pushed: 0, failed: [] };
  const one = async (name: string, read: () => Promise<Dashboard>): Promise<boolean> => {
    const message = await read().then(({ dashboard }) => post(config, token, dashboard)).catch((error: unknown) => {
      if (error instanceof AppError && error.code !== "internal") return { unreachable: error.message };
      throw error;
    });
    if (message === null) result.pushed++;
    else result.failed.push({ dashboard: name, message: typeof message === "string" ? message : message.unreachable });
    return message === null || typeof message === "string";
  };
  let reached = await one("fleet", () => readFleetDashboard(slug));
  for (const d of deployments) {
    if (!reached) break;
    reached = await one(`${d.project.slug}/${d.slug}`, () => readDeploymentDashboard(d.projectId, d.slug));
  }
  await db().$transaction(async (tx) => {
    await tx.targetGrafana.updateMany({ where: { targetId }, data: { pushed: result, pushedAt: now } });
    await writeAudit(tx, actor, { action: "grafana.push", subject: { kind: "target", id: slug }, detail: { pushed: result.pushed, failed: result.failed.length } });
  });
  return result;
}

/** null: it is there. Else Grafana's refusal in words; never its body as it came. */
async function post({ url, folderUid }: GrafanaConfig, token: string, dashboard: Record<string, unknown>): Promise<string | null> {
  const answer = await guardedFetch(`${url}/api/dashboards/db`, {
    method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" }, body: JSON.stringify({ dashboard, overwrite: true, message: "by Slipway", ...(folderUid ? { folderUid } : {}) }),
    maxRedirects: 0, timeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS), allow: { check: whyNoMetricsSource, rule: RULE },
  });
  await readBody(answer);
  if (answer.status === 200) return null;
  const why: Record<number, string> = { 401: "Grafana does not know the token.", 403: "The token's role may not write dashboards there: it needs Editor.", 404: folderUid ? "There is no such folder, or no Grafana at this address." : "There is no Grafana at this address.", 412: "Grafana keeps a dashboard of that name by provisioning, and does not let it be replaced." };
  return why[answer.status] ?? `Grafana answered ${answer.status}.`;
}
