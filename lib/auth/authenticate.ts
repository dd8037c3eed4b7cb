import { ANONYMOUS, SCOPES, type Actor, type Scope } from "@/lib/auth/actor";
import { currentSession } from "@/lib/auth/current-session";
import { assertSameOrigin } from "@/lib/auth/same-origin";
import { touchToken } from "@/lib/auth/touch-token";
import { bearerOf, hashToken } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import type { InstanceRole, ProjectRole } from "@/lib/db/generated/enums";
import { pool } from "@/lib/db/pool";
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

type TokenRow = {
  id: string; name: string; userId: string | null; instanceRole: InstanceRole | null; projectId: string | null; scopes: string[]; lastUsedAt: Date | null; usable: boolean;
  userName: string | null; userRole: InstanceRole | null; memberships: { projectId: string; role: ProjectRole }[];
};

const TOKEN_SQL = {
  name: "actor-of-token",
  text: `SELECT t.id, t.name, t."userId", t."instanceRole", t."projectId", t.scopes, t."lastUsedAt" AT TIME ZONE 'UTC' AS "lastUsedAt",
      t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > now() AT TIME ZONE 'UTC') AND u."disabledAt" IS NULL AS usable, u.name AS "userName", u."instanceRole" AS "userRole",
      COALESCE((SELECT json_agg(json_build_object('projectId', m."projectId", 'role', m.role)) FROM "ProjectMember" m WHERE m."userId" = u.id), '[]') AS memberships
    FROM "ApiToken" t LEFT JOIN "User" u ON u.id = t."userId" WHERE t."tokenHash" = $1`,
};

/** The actor of a bearer token, or null. One statement, since each request of a program begins with it; nothing is cached, so a revoked token is refused at once. */
export async function actorOfToken(token: string): Promise<Actor | null> {
  const { rows } = await pool().query<TokenRow>({ ...TOKEN_SQL, values: [hashToken(token)] });
  const row = rows[0];
  if (!row?.usable) return null;
  touchToken(row.id, row.lastUsedAt);
  return {
    kind: "token", id: row.id, label: row.userName === null ? `token ${row.name}` : `${row.userName} (token ${row.name})`, userId: row.userId,
    instanceRole: row.userId === null ? row.instanceRole : row.userRole,
    scopes: new Set(row.scopes.filter((s): s is Scope => (SCOPES as readonly string[]).includes(s))),
    onlyProjectId: row.projectId,
    memberships: new Map(row.memberships.map((m) => [m.projectId, m.role])),
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
