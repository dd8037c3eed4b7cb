import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** Ends one of one's own sessions, or (by `exceptId`) all others. Its next request is refused, its open streams end within a second. */
export async function revokeSessions(actor: Actor, which: { id: string } | { exceptId: string }): Promise<{ revoked: number }> {
  return db().$transaction(async (tx) => {
    const where = { userId: actor.userId!, id: "id" in which ? which.id : { not: which.exceptId } };
    const rows = await tx.session.findMany({ where, select: { id: true } });
    if (rows.length === 0 && "id" in which) throw notFound("session");
    await tx.session.deleteMany({ where });
    for (const { id } of rows) await publishRevoked(tx, "session", id);
    if (rows.length > 0) await writeAudit(tx, actor, { action: "session.revoke", subject: { kind: "user", id: actor.userId! }, detail: { sessions: rows.map((r) => r.id) } });
    return { revoked: rows.length };
  });
}
