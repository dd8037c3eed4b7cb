import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { findTarget } from "@/lib/targets-catalogue/find-target";

/** Forgets a target's source and its secret. */
export async function deleteSource(actor: Actor, slug: string): Promise<void> {
  requirePermission(actor, "target.manage", null);
  const target = await findTarget(slug);
  await db().$transaction(async (tx) => {
    const { count } = await tx.targetMetricsSource.deleteMany({ where: { targetId: target.id } });
    if (count === 0) throw notFound("metrics source");
    await writeAudit(tx, actor, { action: "metrics-source.delete", subject: { kind: "target", id: slug } });
  });
}
