import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** Takes a person's rights in a project away, at once. */
export async function removeMember(actor: Actor, projectId: string, user: string): Promise<void> {
  requirePermission(actor, "member.manage", projectId);
  await db().$transaction(async (tx) => {
    const member = await tx.projectMember.findFirst({ where: { projectId, user: { OR: [{ id: user }, { email: user.toLowerCase() }] } }, select: { userId: true, role: true } });
    if (!member) throw notFound("member");
    await tx.projectMember.deleteMany({ where: { projectId, userId: member.userId } });
    await publishRevoked(tx, "user", member.userId);
    await writeAudit(tx, actor, { action: "member.remove", subject: { kind: "user", id: member.userId }, projectId, detail: { role: member.role } });
  });
}
