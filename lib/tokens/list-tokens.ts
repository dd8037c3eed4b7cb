import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { presentToken, TOKEN_FIELDS } from "@/lib/tokens/present-token";

/** Tokens that still work: one's own, or for an owner with `all` everybody's. Newest first. */
export async function listTokens(actor: Actor, query: { limit: number; cursor?: string; all: "true" | "false" }) {
  const all = query.all === "true";
  if (all && (actor.instanceRole !== "owner" || (actor.scopes && !actor.scopes.has("admin")))) throw new AppError("forbidden", "Only an owner may list everybody's tokens.");
  const after = decodeCursor(query.cursor, ["uuid"]);
  const rows = await db().apiToken.findMany({
    where: {
      revokedAt: null,
      ...(all ? {} : { userId: actor.userId, ...(actor.userId === null ? { id: actor.id } : {}) }),
      ...(actor.onlyProjectId ? { projectId: actor.onlyProjectId } : {}),
      AND: [{ OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] }, ...(after ? [{ id: { lt: String(after[0]) } }] : [])],
    },
    orderBy: { id: "desc" }, take: query.limit + 1, select: TOKEN_FIELDS,
  });
  return page(rows, query.limit, (t) => [t.id], presentToken);
}
