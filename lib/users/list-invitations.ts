import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { presentInvitations } from "@/lib/users/invitation-grant";

/** Invitations that wait to be taken up, newest first. */
export async function listInvitations(actor: Actor, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "user.read", null);
  const after = decodeCursor(query.cursor, ["uuid"]);
  const rows = await db().oneTimeLink.findMany({
    where: { purpose: "invitation", usedAt: null, expiresAt: { gt: new Date() }, ...(after ? { id: { lt: String(after[0]) } } : {}) },
    orderBy: { id: "desc" }, take: query.limit + 1,
  });
  const cut = page(rows, query.limit, (r) => [r.id], (r) => r);
  return { items: await presentInvitations(db(), cut.items), nextCursor: cut.nextCursor };
}
