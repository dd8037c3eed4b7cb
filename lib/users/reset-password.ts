import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import { takeLink } from "@/lib/auth/links/take-link";
import { hashPassword } from "@/lib/auth/passwords";
import { refuseWeakPassword } from "@/lib/auth/refuse-weak-password";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { actorOfNewPerson } from "@/lib/users/create-person";
import type { resetPasswordSchema } from "@/lib/users/schema";
import { setPassword } from "@/lib/users/set-password";

/** Sets a new password by a reset link and ends every session of the person. */
export async function resetPassword(requestId: string | null, input: z.output<typeof resetPasswordSchema>): Promise<{ email: string }> {
  const passwordHash = await hashPassword(input.password);
  return db().$transaction(async (tx) => {
    const link = await takeLink(tx, "reset", input.token);
    const user = await tx.user.findUnique({ where: { id: link.userId ?? "" }, select: { id: true, name: true, email: true } });
    if (!user) throw new AppError("gone", "The account of this link is no longer there.");
    refuseWeakPassword(input.password, user); // the link stays unused
    await setPassword(tx, user.id, passwordHash);
    await writeAudit(tx, actorOfNewPerson(user, requestId), { action: "user.password", subject: { kind: "user", id: user.id }, detail: { by: "reset link" } });
    return { email: user.email };
  });
}
