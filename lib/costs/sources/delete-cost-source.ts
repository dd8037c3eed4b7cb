import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Forgets a target's cost source and its header. What it said before stays: it is part of the bill. */
export async function deleteCostSource(actor: Actor, slug: string): Promise<void> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  await db().$transaction(async (tx) => {
    const { count } = await tx.targetCostSource.deleteMany({ where: { targetId: target.id } });
    if (count === 0) throw notFound("cost source");
    await writeAudit(tx, actor, { action: "cost-source.delete", subject: { kind: "target", id: slug } });
  });
}
