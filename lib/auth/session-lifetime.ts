/** How a session of a signed-in person ends. */
export const SESSION_LIFETIME = {
  /** Days in all, from signing in. Also the life of the cookie. */
  absoluteDays: 30,
  /** Days without a request. */
  idleDays: 7,
  /** Minutes between two notes of "last used": less often than every request. */
  touchMinutes: 1,
} as const;

type Times = { createdAt: Date; updatedAt: Date; expiresAt: Date };

/** Pure: whether a session still counts. `updatedAt` is its last use. */
export function sessionIsAlive(session: Times, now: Date): boolean {
  const day = 86_400_000;
  return session.expiresAt > now
    && now.getTime() - session.createdAt.getTime() < SESSION_LIFETIME.absoluteDays * day
    && now.getTime() - session.updatedAt.getTime() < SESSION_LIFETIME.idleDays * day;
}
