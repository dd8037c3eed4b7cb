import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { checkSource } from "@/lib/observability/sources/check-source";
import { connectionOf } from "@/lib/observability/sources/connection-of";
import { getSource } from "@/lib/observability/sources/get-source";
import type { MetricsSourceDto, PutMetricsSource, SourceConfig } from "@/lib/observability/sources/schema";
import { sourcePlace } from "@/lib/observability/sources/source-place";
import { seal } from "@/lib/secrets/seal";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Sets a target's source, asks it once, and keeps what it said: a source that does not answer yet is kept, and shown as such. */
export async function putSource(actor: Actor, slug: string, input: PutMetricsSource): Promise<MetricsSourceDto> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  if (target.kind === "local") throw new AppError("unprocessable", "This machine's replicas are sampled by Slipway itself; it takes no other source.");
  const before = await db().targetMetricsSource.findUnique({ where: { targetId: target.id } });
  const { config, secret } = apart(input);
  const kept = before && (before.config as SourceConfig).auth.type === config.auth.type && (before.config as SourceConfig).url === config.url ? connectionOf(slug, before).secret : null;
  const used = secret ?? kept;
  if (used === null && (config.auth.type === "bearer" || config.auth.type === "basic")) {
    const field = config.auth.type === "bearer" ? "auth.token" : "auth.password";
    throw new AppError("unprocessable", "Give the secret to sign in with. It is kept only for the same address and way of signing in.", { fields: [{ path: field, message: "must be given" }] });
  }
  const credentials = used === null || config.auth.type === "none" || config.auth.type === "sigv4" ? null : new Uint8Array(Buffer.from(seal(used, sourcePlace(slug)), "utf8"));
  const health = await checkSource({ config, secret: used });
  const data = { kind: input.kind, config, credentials, health, checkedAt: new Date() };
  await db().$transaction(async (tx) => {
    await tx.targetMetricsSource.upsert({ where: { targetId: target.id }, create: { targetId: target.id, ...data }, update: data });
    await writeAudit(tx, actor, { action: "metrics-source.set", subject: { kind: "target", id: slug }, detail: { kind: input.kind, url: config.url, auth: config.auth.type } });
  });
  return getSource(actor, slug);
}

/** What is stored as it is, and what is sealed. */
function apart({ auth, ...rest }: PutMetricsSource): { config: SourceConfig; secret: string | null } {
  if (auth.type === "bearer") return { config: { ...rest, auth: { type: "bearer" } }, secret: auth.token ?? null };
  if (auth.type === "basic") return { config: { ...rest, auth: { type: "basic", user: auth.user } }, secret: auth.password ?? null };
  return { config: { ...rest, auth }, secret: null };
}
