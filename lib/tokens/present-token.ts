import type { Scope } from "@/lib/auth/actor";
import type { TokenDto } from "@/lib/tokens/schema";

/** What is read of a token for showing it; never its hash. */
export const TOKEN_FIELDS = {
  id: true, name: true, prefix: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true, project: { select: { slug: true } }, user: { select: { email: true } },
} as const;

type Row = {
  id: string; name: string; prefix: string; scopes: string[]; createdAt: Date; expiresAt: Date | null; lastUsedAt: Date | null;
  project: { slug: string } | null; user: { email: string } | null;
};

export const presentToken = (t: Row): TokenDto => ({
  id: t.id, name: t.name, prefix: t.prefix, scopes: t.scopes as Scope[], project: t.project?.slug ?? null, owner: t.user?.email ?? null,
  createdAt: t.createdAt.toISOString(), expiresAt: t.expiresAt?.toISOString() ?? null, lastUsedAt: t.lastUsedAt?.toISOString() ?? null,
});
