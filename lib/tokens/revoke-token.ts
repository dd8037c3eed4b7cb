import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { BOOTSTRAP_TOKEN_ID } from "@/lib/auth/ensure-bootstrap-token";

/** Ends one of one's own tokens, or as an owner anybody's. The next request with it is refused. A token may end itself. */
export async function revokeToken(actor: Actor, id: string): Promise<void> {
  const managesAll = actor.instanceRole === "owner" && (!actor.scopes || actor.scopes.has("admin"));
  const manages = !actor.scopes || actor.scopes.has("admin");
  if (id === BOOTSTRAP_TOKEN_ID && managesAll) throw new AppError("conflict", "The bootstrap token comes from SLIPWAY_BOOTSTRAP_TOKEN: change or remove it there, then start Slipway again.");
  await db().$transaction(async (tx) => {
    const own = manages && actor.userId !== null ? [{ userId: actor.userId, ...(actor.onlyProjectId ? { projectId: actor.onlyProjectId } : {}) }] : [];
    const itself = actor.kind === "token" ? [{ id: actor.id }] : [];
    const where = { id, revokedAt: null, ...(managesAll && !actor.onlyProjectId ? {} : { OR: [...own, ...itself] }) };
    const row = await tx.apiToken.findFirst({ where, select: { name: true, projectId: true } });
    const ended = await tx.apiToken.updateMany({ where, data: { revokedAt: new Date() } });
    if (!row || ended.count === 0) throw notFound("token");
    await publishRevoked(tx, "token", id);
    await writeAudit(tx, actor, { action: "token.revoke", subject: { kind: "token", id }, projectId: row.projectId, detail: { name: row.name } });
  });
}
