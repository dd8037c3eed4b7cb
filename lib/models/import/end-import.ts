import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announceImport } from "@/lib/models/import/announce-import";
import type { ClaimedImport } from "@/lib/models/import/import-lease";
import { NO_PROGRESS } from "@/lib/models/import/schema";
import { releaseBlobs } from "@/lib/models/release-blobs";

/** Tries of one import against faults that may pass by themselves. */
export const MAX_ATTEMPTS = 3;
const BACK_OFF_MS = [5_000, 30_000];

const MAY_PASS = new Set(["bad_gateway", "timeout", "upload_incomplete", "digest_mismatch", "conflict", "not_ready", "internal"]);

/** Marks an import as done in the version's own transaction: both are there or neither. Throws where it was cancelled or taken over. */
export async function completeImport(tx: Tx, claimed: ClaimedImport, owner: string, versionNumber: number): Promise<void> {
  const done = await tx.modelImport.updateMany({
    where: { id: claimed.id, leaseOwner: owner, state: "running" },
    data: { state: "done", versionNumber, error: null, finishedAt: new Date(), leaseOwner: null, leaseUntil: null },
  });
  if (done.count === 0) throw new AppError("gone", "The import was cancelled, or another worker has it.");
  await announceImport(tx, claimed.id, claimed.projectId);
}

/**
 * After a fault: queued again with a pause while it may pass by itself, else failed, in words. What was fetched is kept for the
 * next try, and given back to the quota once there is none. Returns the state it is in.
 */
export async function afterFault(actor: Actor, claimed: ClaimedImport, owner: string, error: unknown, fetched: string[], now: Date): Promise<"queued" | "failed" | "lost"> {
  const known = error instanceof AppError ? error : new AppError("internal", "Something went wrong in Slipway while importing. The log of the worker has the details.", { cause: error });
  const again = MAY_PASS.has(known.code) && claimed.attempts < MAX_ATTEMPTS;
  const where = { id: claimed.id, leaseOwner: owner, state: "running" };
  const retryAt = new Date(now.getTime() + (BACK_OFF_MS[claimed.attempts - 1] ?? 30_000));
  return db().$transaction(async (tx) => {
    const written = await tx.modelImport.updateMany({
      where,
      data: again
        ? { state: "queued", error: known.message, leaseOwner: null, leaseUntil: retryAt, progress: { ...NO_PROGRESS, retryAt: retryAt.toISOString() } }
        : { state: "failed", error: known.message, finishedAt: now, leaseOwner: null, leaseUntil: null },
    });
    if (written.count === 0) {
      const row = await tx.modelImport.findUnique({ where: { id: claimed.id }, select: { state: true } });
      // Taken over: the other worker goes on with what is here. Cancelled, or gone with its model: nobody does.
      if (row?.state !== "running" && row?.state !== "queued") await releaseBlobs(tx, claimed.projectId, fetched);
      return "lost";
    }
    if (!again) await releaseBlobs(tx, claimed.projectId, fetched);
    await announceImport(tx, claimed.id, claimed.projectId);
    if (!again) await writeAudit(tx, actor, { action: "import.fail", subject: { kind: "import", id: claimed.id }, projectId: claimed.projectId, detail: { code: known.code, message: known.message } });
    return again ? "queued" : "failed";
  });
}
