import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import { takeLink } from "@/lib/auth/links/take-link";
import { hashPassword } from "@/lib/auth/passwords";
import { refuseWeakPassword } from "@/lib/auth/refuse-weak-password";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { actorOfNewPerson, createPerson } from "@/lib/users/create-person";
import { grantOf } from "@/lib/users/invitation-grant";
import type { acceptInvitationSchema } from "@/lib/users/schema";

/**
 * Makes the account an invitation stands for. Where the person came by single sign-on in the meantime, their account gets the
 * rights and keeps what it has: the link's holder never sets the password of an account that exists.
 */
export async function acceptInvitation(requestId: string | null, input: z.output<typeof acceptInvitationSchema>): Promise<{ email: string }> {
  const passwordHash = await hashPassword(input.password);
  return db().$transaction(async (tx) => {
    const link = await takeLink(tx, "invitation", input.token);
    const email = link.email ?? "";
    refuseWeakPassword(input.password, { name: input.name, email }); // the link stays unused
    const grant = grantOf(link);
    const instanceRole = "instanceRole" in grant ? grant.instanceRole : null;
    const existing = await tx.user.findUnique({ where: { email }, select: { id: true, name: true, email: true, instanceRole: true } });
    const person = existing ?? (await createPerson(tx, { name: input.name, email, passwordHash, instanceRole }));
    if (existing && instanceRole && existing.instanceRole !== "owner") await tx.user.update({ where: { id: existing.id }, data: { instanceRole } });
    const projectId = "projectId" in grant ? grant.projectId : null;
    if (projectId && "role" in grant) {
      if (!(await tx.project.findUnique({ where: { id: projectId }, select: { id: true } }))) throw new AppError("gone", "The project of this invitation was deleted. Ask for a new one.");
      await tx.projectMember.upsert({ where: { projectId_userId: { projectId, userId: person.id } }, create: { projectId, userId: person.id, role: grant.role }, update: { role: grant.role } });
    }
    await writeAudit(tx, actorOfNewPerson(person, requestId), { action: "invitation.accept", subject: { kind: "user", id: person.id }, projectId, detail: { invitation: link.id, ...grant } });
    return { email };
  });
}
