import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { datadogApi } from "@/lib/observability/datadog/sites";
import { checkSource } from "@/lib/observability/sources/check-source";
import { connectionOf, type Connection } from "@/lib/observability/sources/connection-of";
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
  const { config, secret, missing } = apart(input);
  const kept = before && samePlace(before.config as SourceConfig, config) ? connectionOf(slug, before).secret : null;
  const used = secret ?? kept;
  if (used === null && missing.length > 0) throw new AppError("unprocessable", "Give the secret to sign in with. It is kept only for the same address and way of signing in.", { fields: missing.map((path) => ({ path, message: "must be given" })) });
  const credentials = used === null || missing.length === 0 ? null : new Uint8Array(Buffer.from(seal(used, sourcePlace(slug)), "utf8"));
  const health = await checkSource({ config, secret: used } as Connection);
  const data = { kind: input.kind, config, credentials, health, checkedAt: new Date() };
  await db().$transaction(async (tx) => {
    await tx.targetMetricsSource.upsert({ where: { targetId: target.id }, create: { targetId: target.id, ...data }, update: data });
    // Another source may know days that this one knew nothing of.
    await tx.clusterUseDay.deleteMany({ where: { targetId: target.id } });
    await writeAudit(tx, actor, { action: "metrics-source.set", subject: { kind: "target", id: slug }, detail: config.kind === "datadog" ? { kind: config.kind, url: datadogApi(config) } : { kind: config.kind, url: config.url, auth: config.auth.type } });
  });
  return getSource(actor, slug);
}

/** A secret is sent to the address it was given for, and nowhere else. */
function samePlace(a: SourceConfig, b: SourceConfig): boolean {
  if (a.kind === "datadog") return b.kind === "datadog" && datadogApi(a) === datadogApi(b);
  return b.kind === "prometheus" && a.url === b.url && a.auth.type === b.auth.type;
}

/** What is stored as it is, what is sealed, and the fields that have to be given where nothing is sealed yet. */
function apart(input: PutMetricsSource): { config: SourceConfig; secret: string | null; missing: string[] } {
  if (input.kind === "datadog") {
    const { apiKey, applicationKey, ...config } = input;
    if (!apiKey !== !applicationKey) throw new AppError("unprocessable", "Give both keys, or neither: those that are kept then stay.", { fields: [{ path: apiKey ? "applicationKey" : "apiKey", message: "must be given" }] });
    return { config, secret: apiKey && applicationKey ? JSON.stringify({ apiKey, applicationKey }) : null, missing: ["apiKey", "applicationKey"] };
  }
  const { auth, ...rest } = input;
  if (auth.type === "bearer") return { config: { ...rest, auth: { type: "bearer" } }, secret: auth.token ?? null, missing: ["auth.token"] };
  if (auth.type === "basic") return { config: { ...rest, auth: { type: "basic", user: auth.user } }, secret: auth.password ?? null, missing: ["auth.password"] };
  return { config: { ...rest, auth }, secret: null, missing: [] };
}
