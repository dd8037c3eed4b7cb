import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentMember } from "@/lib/members/list-members";
import type { MemberDto } from "@/lib/members/schema";

/** Makes a person a member of the project, or changes their role in it. `user` is an id or an e-mail address. */
export async function putMember(actor: Actor, projectId: string, user: string, role: MemberDto["role"]): Promise<MemberDto> {
  requirePermission(actor, "member.manage", projectId);
  return db().$transaction(async (tx) => {
    const person = await tx.user.findFirst({ where: { OR: [{ id: user }, { email: user.toLowerCase() }] }, select: { id: true } });
    if (!person) throw notFound("user");
    const id = { projectId, userId: person.id };
    const before = await tx.projectMember.findUnique({ where: { projectId_userId: id }, select: { role: true } });
    const row = await tx.projectMember.upsert({
      where: { projectId_userId: id }, create: { ...id, role }, update: { role },
      select: { userId: true, role: true, createdAt: true, user: { select: { name: true, email: true } } },
    });
    if (before && before.role !== role) await publishRevoked(tx, "user", person.id);
    await writeAudit(tx, actor, { action: before ? "member.update" : "member.add", subject: { kind: "user", id: person.id }, projectId, detail: { role, before: before?.role ?? null } });
    return presentMember(row);
  });
}
