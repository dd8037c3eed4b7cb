import type { Actor } from "@/lib/auth/actor";
import { sessionIsAlive, SESSION_LIFETIME } from "@/lib/auth/session-lifetime";
import { db } from "@/lib/db/client";
import type { SessionDto } from "@/lib/users/me-schema";

/** One's own living sessions, the last used first. */
export async function listSessions(actor: Actor, currentId: string, now = new Date()): Promise<SessionDto[]> {
  const rows = await db().session.findMany({
    where: { userId: actor.userId!, expiresAt: { gt: now } }, orderBy: { updatedAt: "desc" }, take: 200,
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, updatedAt: true, expiresAt: true },
  });
  return rows.filter((s) => sessionIsAlive(s, now)).map((s) => ({
    id: s.id, userAgent: s.userAgent || null, ipAddress: s.ipAddress || null, createdAt: s.createdAt.toISOString(), lastUsedAt: s.updatedAt.toISOString(),
    expiresAt: new Date(Math.min(s.expiresAt.getTime(), s.updatedAt.getTime() + SESSION_LIFETIME.idleDays * 86_400_000)).toISOString(), current: s.id === currentId,
  }));
}
