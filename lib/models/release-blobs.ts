import type { Tx } from "@/lib/db/client";

/**
 * Deletes the rows of content that no version refers to any more, among `blobIds`, and gives their bytes back to the quota.
 * The files themselves go with the next sweep, which removes what has no row.
 */
export async function releaseBlobs(tx: Tx, projectId: string, blobIds: string[]): Promise<void> {
  const unused = await tx.blob.findMany({ where: { id: { in: blobIds }, projectId, files: { none: {} } }, select: { id: true, sizeBytes: true } });
  if (unused.length === 0) return;
  await tx.blob.deleteMany({ where: { id: { in: unused.map((b) => b.id) } } });
  const bytes = unused.reduce((sum, b) => sum + b.sizeBytes, 0n);
  await tx.project.update({ where: { id: projectId }, data: { usedBytes: { decrement: bytes } } });
}
