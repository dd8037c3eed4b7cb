import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { hashPassword, verifyPassword } from "@/lib/auth/passwords";
import { refuseWeakPassword } from "@/lib/auth/refuse-weak-password";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { changePasswordSchema } from "@/lib/users/me-schema";

/** Changes one's own password by the old one, and ends every other session of the account. */
export async function changePassword(actor: Actor, sessionId: string, input: z.output<typeof changePasswordSchema>): Promise<void> {
  const userId = actor.userId!;
  const account = await db().account.findFirst({ where: { userId, providerId: "credential" }, select: { password: true, user: { select: { name: true, email: true } } } });
  if (!account?.password) throw new AppError("conflict", "Your account has no password: you sign in through your organisation. Ask an owner for a reset link if you want one.");
  if (!(await verifyPassword(account.password, input.currentPassword))) {
    throw new AppError("invalid_request", "The current password is not right.", { fields: [{ path: "currentPassword", message: "is not right" }] });
  }
  refuseWeakPassword(input.newPassword, account.user, "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  await db().$transaction(async (tx) => {
    // Only over the password that was checked: of two changes at once, one counts.
    const changed = await tx.account.updateMany({ where: { userId, providerId: "credential", password: account.password }, data: { password: passwordHash } });
    if (changed.count === 0) throw new AppError("conflict", "The password was changed at the same moment. Sign in again.");
    const others = await tx.session.findMany({ where: { userId, id: { not: sessionId } }, select: { id: true } });
    await tx.session.deleteMany({ where: { id: { in: others.map((s) => s.id) } } });
    for (const { id } of others) await publishRevoked(tx, "session", id);
    await writeAudit(tx, actor, { action: "user.password", subject: { kind: "user", id: userId }, detail: { sessionsEnded: others.length } });
  });
}
