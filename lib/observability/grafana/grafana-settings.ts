import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { allows, requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { fleetUid } from "@/lib/observability/grafana/read-dashboard";
import type { GrafanaConfig, GrafanaDto, Pushed, PutGrafana } from "@/lib/observability/grafana/schema";
import { open, seal } from "@/lib/secrets/seal";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** The place a token is sealed for: moved to another target it does not open. */
export const grafanaPlace = (target: string) => `grafana:${target}`;

/** Where people look at a target's measures. Never the token. */
export async function getGrafana(actor: Actor, slug: string): Promise<GrafanaDto> {
  const target = await findTarget(slug);
  const row = await db().targetGrafana.findUnique({ where: { targetId: target.id } });
  const manages = allows(actor, "target.manage", null);
  if (!row) return { url: null, folderUid: null, tokenSet: manages ? false : null, fleetUrl: null, lastPush: null, pushedAt: null };
  const { url, folderUid } = row.config as GrafanaConfig;
  return { url, folderUid, tokenSet: manages ? row.credentials !== null : null, fleetUrl: `${url}/d/${fleetUid(target.id)}`, lastPush: manages ? (row.pushed as Pushed | null) : null, pushedAt: manages ? (row.pushedAt?.toISOString() ?? null) : null };
}

/** Sets it. A token that is kept stays only for the same address: it is never sent to another. */
export async function putGrafana(actor: Actor, slug: string, { token, ...config }: PutGrafana): Promise<GrafanaDto> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  if (target.kind === "local") throw new AppError("unprocessable", "Slipway samples this machine's replicas itself: no Prometheus holds their measures, so a Grafana has nothing to ask.");
  const before = await db().targetGrafana.findUnique({ where: { targetId: target.id } });
  const stays = before !== null && (before.config as GrafanaConfig).url === config.url;
  const credentials = token !== undefined ? new Uint8Array(Buffer.from(seal(token, grafanaPlace(slug)), "utf8")) : stays ? before.credentials : null;
  await db().$transaction(async (tx) => {
    await tx.targetGrafana.upsert({ where: { targetId: target.id }, create: { targetId: target.id, config, credentials }, update: { config, credentials } });
    await writeAudit(tx, actor, { action: "grafana.set", subject: { kind: "target", id: slug }, detail: { url: config.url, token: credentials !== null } });
  });
  return getGrafana(actor, slug);
}

export async function deleteGrafana(actor: Actor, slug: string): Promise<void> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  await db().$transaction(async (tx) => {
    const { count } = await tx.targetGrafana.deleteMany({ where: { targetId: target.id } });
    if (count === 0) throw notFound("Grafana");
    await writeAudit(tx, actor, { action: "grafana.delete", subject: { kind: "target", id: slug } });
  });
}

/** Where to push to, with the token opened. Throws unprocessable where there is none, or where it was sealed with a key that is gone. */
export async function grafanaOf(slug: string): Promise<{ targetId: string; config: GrafanaConfig; token: string }> {
  const target = await findTarget(slug);
  const row = await db().targetGrafana.findUnique({ where: { targetId: target.id } });
  if (!row) throw notFound("Grafana");
  if (!row.credentials) throw new AppError("unprocessable", "No token is kept for this Grafana. Give one of a service account with the role Editor.");
  try {
    return { targetId: target.id, config: row.config as GrafanaConfig, token: open(Buffer.from(row.credentials).toString("utf8"), grafanaPlace(slug)) };
  } catch (cause) {
    throw new AppError("unprocessable", "The token was sealed with another SLIPWAY_ENCRYPTION_KEY. Set that key, or give the token again.", { cause });
  }
}
