import { db } from "@/lib/db/client";
import { type ImportProgress, NO_PROGRESS } from "@/lib/models/import/schema";
import { announceImport } from "@/lib/models/import/announce-import";

/** How long a claim holds without being renewed: a worker that dies is replaced after this. */
export const IMPORT_LEASE_MS = 30_000;
/** Claims after which an import ends as failed: one whose workers die on it must not go round for ever. */
export const MAX_CLAIMS = 5;

export type ClaimedImport = { id: string; projectId: string; modelId: string; request: unknown; createdById: string; createdBy: string; attempts: number };

/** Claims the oldest import that is due and not held. Several workers at once never get the same one. */
export async function claimImport(owner: string, now: Date): Promise<ClaimedImport | null> {
  const rows = await db().$queryRaw<ClaimedImport[]>`
    UPDATE "ModelImport" SET state = 'running', "leaseOwner" = ${owner}, "leaseUntil" = ${new Date(now.getTime() + IMPORT_LEASE_MS)}, attempts = attempts + 1
    WHERE id = (
      SELECT id FROM "ModelImport" WHERE state IN ('queued', 'running') AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${now})
      ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, "projectId", "modelId", request, "createdById", "createdBy", attempts`;
  return rows[0] ?? null;
}

/** Holds on, and says how far it has come. False: cancelled, or the lease has passed to another; then nothing more may be written. */
export async function renewImport(id: string, projectId: string, owner: string, progress: ImportProgress): Promise<boolean> {
  const held = await db().modelImport.updateMany({
    where: { id, leaseOwner: owner, state: "running" }, data: { leaseUntil: new Date(Date.now() + IMPORT_LEASE_MS), progress },
  });
  if (held.count === 1) await announceImport(db(), id, projectId);
  return held.count === 1;
}

/** Gives a claim back as if it had never been made: a worker that is told to stop does not use up an attempt. What it fetched stays for the next. False: no longer held. */
export async function giveBackImport(id: string, projectId: string, owner: string): Promise<boolean> {
  const given = await db().modelImport.updateMany({
    where: { id, leaseOwner: owner, state: "running" },
    data: { state: "queued", attempts: { decrement: 1 }, leaseOwner: null, leaseUntil: null, progress: NO_PROGRESS },
  });
  if (given.count === 1) await announceImport(db(), id, projectId);
  return given.count === 1;
}
