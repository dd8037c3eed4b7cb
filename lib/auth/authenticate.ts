import { ANONYMOUS, SCOPES, type Actor, type Scope } from "@/lib/auth/actor";
import { currentSession } from "@/lib/auth/current-session";
import { assertSameOrigin } from "@/lib/auth/same-origin";
import { touchToken } from "@/lib/auth/touch-token";
import { bearerOf, hashToken } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Who sends a request. A bearer token wins over a cookie; a token that is unknown, expired or revoked is an error rather than
 * "anonymous". A cookie only counts on a request that changes something when it comes from our own pages.
 */
export async function authenticate(request: Request, requestId: string): Promise<Actor> {
  const header = request.headers.get("authorization");
  if (header) {
    const token = bearerOf(header);
    const actor = token ? await actorOfToken(token) : null;
    if (!actor) throw new AppError("unauthenticated", "This token is unknown, expired or revoked. Make a new one under Settings, API tokens.");
    return { ...actor, requestId };
  }
  const session = await currentSession(request.headers);
  if (!session) return { ...ANONYMOUS, requestId };
  assertSameOrigin(request);
  const actor = await actorOfUser(session.userId);
  return actor ? { ...actor, requestId } : { ...ANONYMOUS, requestId };
}

/** The actor of a bearer token, or null. One query; nothing is cached, so a revoked token is refused at once. */
export async function actorOfToken(token: string): Promise<Actor | null> {
  const row = await db().apiToken.findUnique({
    where: { tokenHash: hashToken(token) as Uint8Array<ArrayBuffer> },
    select: {
      id: true, name: true, userId: true, instanceRole: true, projectId: true, scopes: true, expiresAt: true, revokedAt: true, lastUsedAt: true,
      user: { select: { name: true, instanceRole: true, disabledAt: true, memberships: { select: { projectId: true, role: true } } } },
    },
  });
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= new Date()) || row.user?.disabledAt) return null;
  touchToken(row.id, row.lastUsedAt);
  return {
    kind: "token", id: row.id, label: row.user ? `${row.user.name} (token ${row.name})` : `token ${row.name}`, userId: row.userId,
    instanceRole: row.user ? row.user.instanceRole : row.instanceRole,
    scopes: new Set(row.scopes.filter((s): s is Scope => (SCOPES as readonly string[]).includes(s))),
    onlyProjectId: row.projectId,
    memberships: new Map(row.user?.memberships.map((m) => [m.projectId, m.role])),
    requestId: null,
  };
}

export async function actorOfUser(userId: string): Promise<Actor | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { id: true, name: true, instanceRole: true, disabledAt: true, memberships: { select: { projectId: true, role: true } } },
  });
  if (!user || user.disabledAt) return null;
  return {
    kind: "user", id: user.id, label: user.name, userId: user.id, instanceRole: user.instanceRole, scopes: null, onlyProjectId: null,
    memberships: new Map(user.memberships.map((m) => [m.projectId, m.role])), requestId: null,
  };
}
