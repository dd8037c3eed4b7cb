import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { checkSource } from "@/lib/observability/sources/check-source";
import { connectionOf } from "@/lib/observability/sources/connection-of";
import { getSource } from "@/lib/observability/sources/get-source";
import type { MetricsSourceDto } from "@/lib/observability/sources/schema";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Asks a target's source now and keeps what it said. Throws not_found where it has none. */
export async function checkTargetSource(actor: Actor, slug: string, now = new Date()): Promise<MetricsSourceDto> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  const row = await db().targetMetricsSource.findUnique({ where: { targetId: target.id } });
  if (!row) throw notFound("metrics source");
  const health = await checkSource(connectionOf(slug, row));
  await db().targetMetricsSource.updateMany({ where: { targetId: target.id }, data: { health, checkedAt: now } });
  return getSource(actor, slug);
}
