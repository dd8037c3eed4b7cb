import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { checkCostServer } from "@/lib/costs/sources/check-cost-server";
import { getCostSource } from "@/lib/costs/sources/get-cost-source";
import type { CostSourceDto } from "@/lib/costs/sources/schema";
import { serverOf } from "@/lib/costs/sources/server-of";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Asks a target's cost source now, keeps what it said, and has the next collection begin. Throws not_found where it has none. */
export async function checkTargetCostSource(actor: Actor, slug: string, now = new Date()): Promise<CostSourceDto> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  const row = await db().targetCostSource.findUnique({ where: { targetId: target.id } });
  if (!row) throw notFound("cost source");
  const health = await checkCostServer(serverOf(target, row), now);
  await db().targetCostSource.updateMany({ where: { targetId: target.id }, data: { health, checkedAt: now, nextFetchAt: now } });
  return getCostSource(actor, slug);
}
