import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { presentUser, USER_FIELDS } from "@/lib/users/present-user";

/** Everyone with an account, by e-mail. */
export async function listUsers(actor: Actor, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "user.read", null);
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().user.findMany({ where: after ? { email: { gt: String(after[0]) } } : {}, orderBy: { email: "asc" }, take: query.limit + 1, select: USER_FIELDS });
  return page(rows, query.limit, (u) => [u.email], presentUser);
}
