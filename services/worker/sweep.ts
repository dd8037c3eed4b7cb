import type { Pool } from "pg";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { sweepLocalCopies } from "@/lib/artifacts/local-copy";
import { sweepIncoming } from "@/lib/artifacts/staged-writer";
import { db } from "@/lib/db/client";
import type { Logger } from "@/lib/logger";
import { releaseBlobs } from "@/lib/models/release-blobs";
import { RETENTION } from "@/lib/retention";
import { uploads } from "@/lib/uploads/uploads";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BATCH = 500;

/**
 * Enforces lib/retention.ts, but for the measures (keepPartitions) and for replicas' logs, which the gateway bounds itself. One
 * part's failure does not keep the others from running; what was not done is done next time.
 */
export async function sweep(now: Date, log: Pick<Logger, "info" | "warn">): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const parts: Record<string, () => Promise<number>> = {
    idempotency: async () => (await db().idempotencyRecord.deleteMany({ where: { expiresAt: { lt: now } } })).count,
    links: async () => {
      const old = before(RETENTION.linkDays * DAY);
      return (await db().oneTimeLink.deleteMany({ where: { OR: [{ usedAt: { lt: old } }, { expiresAt: { lt: old } }] } })).count;
    },
    sessions: async () => (await db().session.deleteMany({ where: { expiresAt: { lt: before(RETENTION.linkDays * DAY) } } })).count,
    verifications: async () => (await db().verification.deleteMany({ where: { expiresAt: { lt: now } } })).count,
    rateLimits: async () => (await db().rateLimit.deleteMany({ where: { expire: { lt: BigInt(now.getTime()) } } })).count,
    events: async () => (await db().deploymentEvent.deleteMany({ where: { lastAt: { lt: before(RETENTION.eventDays * DAY) } } })).count,
    alerts: async () => (await db().alertIncident.deleteMany({ where: { resolvedAt: { lt: before(RETENTION.alertDays * DAY) } } })).count,
    alertMessages: async () => (await db().alertDelivery.deleteMany({ where: { state: { not: "waiting" }, createdAt: { lt: before(RETENTION.alertDays * DAY) } } })).count,
    silences: async () => (await db().alertSilence.deleteMany({ where: { endsAt: { lt: before(RETENTION.alertDays * DAY) } } })).count,
    refusedRows: async () => (await db().leadImportFault.deleteMany({ where: { import: { createdAt: { lt: before(RETENTION.leadListDays * DAY) } } } })).count,
    lists: async () => (await db().leadImport.deleteMany({ where: { createdAt: { lt: before(RETENTION.leadListDays * DAY) }, state: { in: ["uploaded", "checked", "failed"] }, leads: { none: {} }, people: { none: {} } } })).count,
    loadTests: async () => (await db().loadTest.deleteMany({ where: { finishedAt: { lt: before(RETENTION.loadTestDays * DAY) } } })).count,
    beats: async () => (await db().processBeat.deleteMany({ where: { seenAt: { lt: before(RETENTION.processHours * HOUR) } } })).count,
    uploads: () => uploads().deleteExpired(),
    partials: () => uploads().sweepUploads(before(RETENTION.incomingHours * HOUR)),
    incoming: () => sweepIncoming(artifactStore().root, before(RETENTION.incomingHours * HOUR)),
    copies: () => sweepLocalCopies(artifactStore(), before(RETENTION.localCopyDays * DAY)),
    content: () => releaseUnreferenced(before(RETENTION.unreferencedBlobHours * HOUR)),
    files: () => removeFilesWithoutRows(before(RETENTION.unreferencedBlobHours * HOUR)),
  };
  for (const [part, run] of Object.entries(parts)) {
    try {
      const removed = await run();
      if (removed > 0) log.info({ part, removed }, "swept");
    } catch (error) {
      log.warn({ err: error, part }, "a part of the sweep failed; it is repeated");
    }
  }
}

/** Rows of content that no version refers to, with their bytes given back to the project's quota. */
export async function releaseUnreferenced(before: Date): Promise<number> {
  const unused = await db().blob.findMany({ where: { files: { none: {} }, createdAt: { lt: before } }, select: { id: true, projectId: true }, take: BATCH });
  const byProject = Map.groupBy(unused, (b) => b.projectId);
  for (const [projectId, blobs] of byProject) await db().$transaction((tx) => releaseBlobs(tx, projectId, blobs.map((b) => b.id)));
  return unused.length;
}

/** Files of the store that neither content nor a finished upload has a row for. A young one may be about to get its row. */
export async function removeFilesWithoutRows(before: Date): Promise<number> {
  const store = artifactStore();
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    const ids = batch;
    batch = [];
    // In this order: an upload that becomes content in between is then seen as the one or as the other.
    const uploaded = await db().upload.findMany({ where: { id: { in: ids } }, select: { id: true } });
    const content = await db().blob.findMany({ where: { id: { in: ids } }, select: { id: true } });
    const known = new Set([...uploaded, ...content].map((r) => r.id));
    for (const id of ids.filter((i) => !known.has(i))) {
      await store.remove(id);
      removed++;
    }
  };
  for await (const file of store.list()) {
    if (file.createdAt >= before) continue;
    if (batch.push(file.blobId) >= BATCH) await flush();
  }
  await flush();
  return removed;
}

/** Makes the day partitions of the coming days and drops those past their time. */
export async function keepPartitions(pool: Pool, now: Date): Promise<void> {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY).toISOString().slice(0, 10);
  await pool.query("SELECT telemetry.ensure_partitions($1::date, 4)", [day(-1)]);
  await pool.query("SELECT telemetry.drop_partitions('replica_sample', $1::date)", [day(-RETENTION.sampleDays)]);
  await pool.query("SELECT telemetry.drop_partitions('rollup', $1::date)", [day(-RETENTION.rollupDays)]);
}
