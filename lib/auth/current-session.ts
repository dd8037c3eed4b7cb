import { auth } from "@/lib/auth/better-auth";
import { SESSION_LIFETIME, sessionIsAlive } from "@/lib/auth/session-lifetime";
import { db } from "@/lib/db/client";

export type CurrentSession = { id: string; userId: string; userName: string };

/**
 * The session of a request's cookie, or null: unsigned, unknown, ended, idle for too long, or too old. Read from the database
 * every time, so a revoked one is refused at once. A person who is disabled has none.
 */
export async function currentSession(headers: Headers, now = new Date()): Promise<CurrentSession | null> {
  if (!headers.get("cookie")) return null;
  const found = await auth().api.getSession({ headers, query: { disableRefresh: true } });
  if (!found) return null;
  const { session, user } = found;
  if (!sessionIsAlive(session, now)) {
    await db().session.deleteMany({ where: { id: session.id } });
    return null;
  }
  if (now.getTime() - session.updatedAt.getTime() > SESSION_LIFETIME.touchMinutes * 60_000) {
    void db().session.updateMany({ where: { id: session.id }, data: { updatedAt: now } }).catch(() => undefined);
  }
  return { id: session.id, userId: user.id, userName: user.name };
}
