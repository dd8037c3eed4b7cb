import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { lockLeads } from "@/lib/leads/merge-lead";

/** Deletes a lead with its people, requests, notes and visits. */
export async function deleteLead(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "lead.manage", null);
  await db().$transaction(async (tx) => {
    await lockLeads(tx);
    if ((await tx.lead.deleteMany({ where: { id } })).count === 0) throw notFound("lead");
    await writeAudit(tx, actor, { action: "lead.delete", subject: { kind: "lead", id } });
  });
}
