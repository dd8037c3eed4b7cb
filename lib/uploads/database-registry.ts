import { db } from "@/lib/db/client";
import { reserve } from "@/lib/models/reserve-quota";
import type { UploadMetadata, UploadRecord, UploadRegistry } from "@/lib/uploads/upload-registry";

export type UploadOwner = { actorId: string; projectId: string };

type Row = { id: string; projectId: string; actorId: string; sizeBytes: bigint; metadata: unknown; sha256: string | null; createdAt: Date };

const toRecord = (row: Row): UploadRecord<UploadOwner> => ({
  id: row.id, owner: { actorId: row.actorId, projectId: row.projectId }, sizeBytes: Number(row.sizeBytes), metadata: row.metadata as UploadMetadata,
  createdAt: row.createdAt, finished: row.sha256 === null ? null : { blobId: row.id, sha256: row.sha256 },
});

/** Uploads in PostgreSQL, shared by all web processes. */
export const databaseUploads: UploadRegistry<UploadOwner> = {
  async create(record) {
    await db().$transaction(async (tx) => {
      await reserve(tx, record.owner.projectId, BigInt(record.sizeBytes));
      await tx.upload.create({
        data: { id: record.id, ...record.owner, sizeBytes: BigInt(record.sizeBytes), metadata: record.metadata, createdAt: record.createdAt },
      });
    });
  },
  async get(id) {
    const row = await db().upload.findUnique({ where: { id } });
    return row && toRecord(row);
  },
  async finish(id, finished) {
    await db().upload.updateMany({ where: { id, sha256: null }, data: { sha256: finished.sha256, finishedAt: new Date() } });
  },
  async remove(id) {
    return db().$transaction(async (tx) => {
      const rows = await tx.upload.findMany({ where: { id } });
      if ((await tx.upload.deleteMany({ where: { id } })).count === 0) return false;
      await tx.project.update({ where: { id: rows[0]!.projectId }, data: { usedBytes: { decrement: rows[0]!.sizeBytes } } });
      return true;
    });
  },
  async listExpired(before, limit) {
    return (await db().upload.findMany({ where: { createdAt: { lt: before } }, orderBy: { createdAt: "asc" }, take: limit })).map(toRecord);
  },
  async lease(id, holder, leaseMs) {
    const now = new Date();
    const taken = await db().upload.updateMany({
      where: { id, OR: [{ leaseHolder: null }, { leaseHolder: holder }, { leaseUntil: { lt: now } }] },
      data: { leaseHolder: holder, leaseUntil: new Date(now.getTime() + leaseMs) },
    });
    return taken.count === 1;
  },
  async release(id, holder) {
    await db().upload.updateMany({ where: { id, leaseHolder: holder }, data: { leaseHolder: null, leaseUntil: null } });
  },
};
