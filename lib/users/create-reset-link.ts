import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { createLink } from "@/lib/auth/links/create-link";
import { deliverLink } from "@/lib/auth/links/deliver-link";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** A one-time link with which a person chooses a new password. An older one of theirs ends. */
export async function createResetLink(actor: Actor, userId: string) {
  requirePermission(actor, "user.manage", null);
  const { email, link } = await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId }, select: { email: true } });
    if (!user) throw notFound("user");
    await tx.oneTimeLink.deleteMany({ where: { purpose: "reset", userId, usedAt: null } });
    const made = await createLink(tx, { purpose: "reset", userId, email: user.email });
    await writeAudit(tx, actor, { action: "user.reset-link", subject: { kind: "user", id: userId } });
    return { email: user.email, link: made };
  });
  return deliverLink("reset", email, link);
}
