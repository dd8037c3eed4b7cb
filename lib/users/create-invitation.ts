import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { createLink } from "@/lib/auth/links/create-link";
import { deliverLink } from "@/lib/auth/links/deliver-link";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects/find-project";
import type { createInvitationSchema } from "@/lib/users/schema";

/** Invites somebody without an account. Owners give instance roles; who manages a project's members invites to it. */
export async function createInvitation(actor: Actor, input: z.output<typeof createInvitationSchema>) {
  const project = input.project === undefined ? null : await findProject(input.project);
  if (input.project !== undefined && !project) throw notFound("project");
  requirePermission(actor, project ? "member.manage" : "user.manage", project?.id ?? null);
  const grant = project ? { projectId: project.id, role: input.role! } : { instanceRole: input.instanceRole! };
  const link = await db().$transaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email: input.email }, select: { id: true } })) {
      throw new AppError("already_exists", "Somebody with this e-mail address has an account already. Change their role, or add them to the project.", { fields: [{ path: "email", message: "has an account already" }] });
    }
    const made = await createLink(tx, { purpose: "invitation", email: input.email, grant });
    await writeAudit(tx, actor, { action: "invitation.create", subject: { kind: "invitation", id: made.id }, projectId: project?.id ?? null, detail: { email: input.email, ...grant } });
    return made;
  });
  const sent = await deliverLink("invitation", input.email, link);
  return {
    id: link.id, email: input.email, instanceRole: input.instanceRole ?? null, project: project?.slug ?? null, role: project ? input.role! : null,
    createdAt: new Date().toISOString(), ...sent,
  };
}
