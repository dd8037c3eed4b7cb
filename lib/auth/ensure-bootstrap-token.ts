import { writeAudit } from "@/lib/audit/write-audit";
import { SCOPES, systemActor } from "@/lib/auth/actor";
import { publishRevoked } from "@/lib/auth/publish-revoked";
import { hashToken, tokenPrefix } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

/** The one row of SLIPWAY_BOOTSTRAP_TOKEN. */
export const BOOTSTRAP_TOKEN_ID = "00000000-0000-7000-8000-000000000001";
const BOOTSTRAP_LOCK = 727103; // 727102 is the leader of the workers, which holds it for as long as it runs

/**
 * At boot: makes SLIPWAY_BOOTSTRAP_TOKEN an owner's API token, replaces it when the value changed, removes it when there is
 * none. Only its hash is kept. Any number of processes may call it; only a change writes, and is audited.
 */
export async function ensureBootstrapToken(): Promise<"created" | "replaced" | "removed" | "unchanged"> {
  const wanted = env().SLIPWAY_BOOTSTRAP_TOKEN;
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BOOTSTRAP_LOCK}::bigint)`;
    const row = await tx.apiToken.findUnique({ where: { id: BOOTSTRAP_TOKEN_ID }, select: { tokenHash: true, revokedAt: true } });
    const tokenHash = wanted === undefined ? null : new Uint8Array(hashToken(wanted));
    if (tokenHash ? row && !row.revokedAt && Buffer.from(row.tokenHash).equals(tokenHash) : !row) return "unchanged";
    if (tokenHash) {
      const data = { name: "bootstrap", tokenHash, prefix: tokenPrefix(wanted!).slice(0, 4), instanceRole: "owner" as const, scopes: [...SCOPES], revokedAt: null };
      await tx.apiToken.upsert({ where: { id: BOOTSTRAP_TOKEN_ID }, create: { id: BOOTSTRAP_TOKEN_ID, ...data }, update: { ...data, lastUsedAt: null } });
    } else {
      await tx.apiToken.deleteMany({ where: { id: BOOTSTRAP_TOKEN_ID } });
    }
    if (row) await publishRevoked(tx, "token", BOOTSTRAP_TOKEN_ID);
    const outcome = !tokenHash ? "removed" : row ? "replaced" : "created";
    await writeAudit(tx, systemActor("boot"), { action: `token.bootstrap-${outcome}`, subject: { kind: "token", id: BOOTSTRAP_TOKEN_ID } });
    return outcome;
  });
}
