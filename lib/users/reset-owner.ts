import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { createLink } from "@/lib/auth/links/create-link";
import { linkUrl } from "@/lib/auth/links/purpose";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockOwners } from "@/lib/users/owners";

/**
 * The way back in for an owner, from the machine itself: a reset link in the answer (never by mail), and the account enabled
 * again where it was disabled. `email` may be left out where there is one owner. Throws conflict where there is none, or where
 * it must be said which.
 */
export async function resetOwner(actor: Actor, email: string | null): Promise<{ email: string; url: string; expiresAt: Date; enabled: boolean }> {
  requirePermission(actor, "user.manage", null);
  return db().$transaction(async (tx) => {
    await lockOwners(tx);
    const owners = await tx.user.findMany({ where: { instanceRole: "owner" }, orderBy: { email: "asc" }, select: { id: true, email: true, disabledAt: true } });
    const owner = email === null ? (owners.length === 1 ? owners[0] : undefined) : owners.find((o) => o.email === email.trim().toLowerCase());
    if (!owner) {
      const named = owners.map((o) => o.email).join(", ");
      if (owners.length === 0) throw new AppError("conflict", "This Slipway has no owner yet. Make a set-up link instead: npm run admin -- create-setup-link");
      throw new AppError("conflict", email === null ? `There are several owners. Say which with --email: ${named}` : `${email} is no owner. Owners: ${named}`);
    }
    await tx.oneTimeLink.deleteMany({ where: { purpose: "reset", userId: owner.id, usedAt: null } });
    if (owner.disabledAt) await tx.user.update({ where: { id: owner.id }, data: { disabledAt: null } });
    const link = await createLink(tx, { purpose: "reset", userId: owner.id, email: owner.email });
    await writeAudit(tx, actor, { action: "user.reset-link", subject: { kind: "user", id: owner.id }, detail: { by: "the machine's shell", enabled: owner.disabledAt !== null } });
    return { email: owner.email, url: linkUrl("reset", link.token), expiresAt: link.expiresAt, enabled: owner.disabledAt !== null };
  });
}
