import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { grantOf } from "@/lib/users/invitation-grant";

/** Takes an invitation back: its link no longer works. Who may give it may take it. */
export async function deleteInvitation(actor: Actor, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const link = await tx.oneTimeLink.findFirst({ where: { id, purpose: "invitation", usedAt: null } });
    if (!link) throw notFound("invitation");
    const grant = grantOf(link);
    const projectId = "projectId" in grant ? grant.projectId : null;
    requirePermission(actor, projectId ? "member.manage" : "user.manage", projectId);
    const gone = await tx.oneTimeLink.deleteMany({ where: { id, usedAt: null } });
    if (gone.count === 0) throw notFound("invitation");
    await writeAudit(tx, actor, { action: "invitation.delete", subject: { kind: "invitation", id }, projectId });
  });
}
