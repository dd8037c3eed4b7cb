import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { presentUser, USER_FIELDS, userEtag } from "@/lib/users/present-user";
import { lockOwners, requireAnOwner } from "@/lib/users/owners";
import type { updateUserSchema } from "@/lib/users/schema";

/**
 * Changes a person's name, instance role or whether they may sign in. A changed role or a disabled account ends the person's
 * sessions. Throws conflict when no owner would be left, precondition_failed when somebody changed the person since `ifMatch`.
 */
export async function updateUser(actor: Actor, userId: string, ifMatch: string | null, input: z.output<typeof updateUserSchema>) {
  requirePermission(actor, "user.manage", null);
  return db().$transaction(async (tx) => {
    await lockOwners(tx);
    const before = await tx.user.findUnique({ where: { id: userId }, select: { instanceRole: true, disabledAt: true, updatedAt: true } });
    if (!before) throw notFound("user");
    if (ifMatch !== null && ifMatch !== userEtag(before)) throw new AppError("precondition_failed", "Somebody changed this person since you read it. Read it again, then repeat your change.");
    const row = await tx.user.update({
      where: { id: userId }, select: USER_FIELDS,
      data: {
        name: input.name, instanceRole: input.instanceRole,
        disabledAt: input.disabled === undefined ? undefined : input.disabled ? (before.disabledAt ?? new Date()) : null,
        // Two changes in one millisecond must not look alike to If-Match.
        updatedAt: new Date(Math.max(Date.now(), before.updatedAt.getTime() + 1)),
      },
    });
    if (before.instanceRole === "owner" && !before.disabledAt) await requireAnOwner(tx);
    if (row.instanceRole !== before.instanceRole || (row.disabledAt && !before.disabledAt)) {
      await tx.session.deleteMany({ where: { userId } });
      await publishRevoked(tx, "user", userId);
    }
    await writeAudit(tx, actor, { action: "user.update", subject: { kind: "user", id: userId }, detail: input });
    return { user: presentUser(row), etag: userEtag(row) };
  });
}
