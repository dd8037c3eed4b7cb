import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/audit/hash";
import type { Reply } from "@/lib/api/endpoint";
import { problemOf } from "@/lib/api/problem";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { RETENTION } from "@/lib/retention";

/** A claim that was not renewed for so long belongs to a process that is gone. */
const CLAIM_MS = 60_000;

/**
 * Runs a change at most once for each Idempotency-Key. The key belongs to the actor, the method and the path, so no two
 * tenants or routes share one. Same key and body: the first answer again. Same key, other body: 422. Still running: 409.
 */
export async function withIdempotency(actor: Actor, request: Request, body: unknown, run: () => Promise<Reply>, claimMs = CLAIM_MS): Promise<Reply> {
  const key = request.headers.get("idempotency-key");
  if (!key) return run();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new AppError("invalid_request", "Idempotency-Key must be 1 to 200 visible ASCII characters.");
  const url = new URL(request.url);
  const scope = createHash("sha256").update(`${actor.kind}\n${actor.id}\n${request.method}\n${url.pathname}`).digest("hex");
  const requestHash = createHash("sha256").update(`${url.search}\n${request.headers.get("content-digest") ?? ""}\n${canonicalJson(body ?? null)}`).digest("hex");
  const id = { scope, key };

  if (!(await claim(id, requestHash, claimMs))) return replay(id, requestHash);
  // An upload may run for an hour: for as long as it does, nobody else may begin it again.
  const renewal = setInterval(() => void renew(id).catch(() => {}), claimMs / 4);
  try {
    const reply = await run();
    if (reply instanceof Response) {
      await db().idempotencyRecord.delete({ where: { scope_key: id } });
      return reply;
    }
    const headers = { ...reply.headers, ...(reply.etag ? { etag: `"${reply.etag}"` } : {}) };
    await finish(id, reply.status, headers, JSON.stringify(reply.body ?? null));
    return reply;
  } catch (error) {
    // A refusal is an answer too; a fault of ours is not: the caller may try the same key again.
    const problem = problemOf(error, actor.requestId ?? "");
    if (problem.status < 500 && problem.status !== 429 && problem.status !== 409) {
      await finish(id, problem.status, { "content-type": "application/problem+json" }, JSON.stringify(problem.body));
    } else {
      await db().idempotencyRecord.deleteMany({ where: id });
    }
    throw error;
  } finally {
    clearInterval(renewal);
  }
}

async function renew(id: { scope: string; key: string }): Promise<void> {
  await db().idempotencyRecord.updateMany({ where: { ...id, state: "running" }, data: { createdAt: new Date() } });
}

/** True when this process may run the change: the key is new, expired, or its runner has not renewed its claim for `claimMs`. */
async function claim(id: { scope: string; key: string }, requestHash: string, claimMs: number): Promise<boolean> {
  const expiresAt = new Date(Date.now() + RETENTION.idempotencyHours * 3_600_000);
  const stale = new Date(Date.now() - claimMs);
  const rows = await db().$executeRaw`
    INSERT INTO "IdempotencyRecord" (scope, key, "requestHash", state, "createdAt", "expiresAt")
    VALUES (${id.scope}, ${id.key}, ${requestHash}, 'running', now(), ${expiresAt})
    ON CONFLICT (scope, key) DO UPDATE SET "requestHash" = excluded."requestHash", state = 'running', "createdAt" = now(), "expiresAt" = excluded."expiresAt", status = NULL, headers = NULL, body = NULL
    WHERE "IdempotencyRecord"."expiresAt" < now()
       OR ("IdempotencyRecord".state = 'running' AND "IdempotencyRecord"."createdAt" < ${stale} AND "IdempotencyRecord"."requestHash" = excluded."requestHash")`;
  return rows === 1;
}

async function replay(id: { scope: string; key: string }, requestHash: string): Promise<Reply> {
  const row = await db().idempotencyRecord.findUnique({ where: { scope_key: id } });
  if (row && row.requestHash !== requestHash) throw new AppError("idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new key.");
  if (!row || row.state !== "done") throw new AppError("request_in_progress", "The first request with this Idempotency-Key is still running. Try again in a moment.", { retryAfterSeconds: 1 });
  return { status: row.status!, headers: { ...(row.headers as Record<string, string>), "idempotent-replayed": "true" }, body: row.body };
}

async function finish(id: { scope: string; key: string }, status: number, headers: object, body: string): Promise<void> {
  await db().idempotencyRecord.updateMany({ where: id, data: { state: "done", status, headers, body } });
}
