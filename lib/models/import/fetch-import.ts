import { artifactStore } from "@/lib/artifacts/artifact-store";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { StoredFile } from "@/lib/models/create-version";
import type { ImportPlan, PlannedFile } from "@/lib/models/import/plan";
import { quotaExceeded, reserve } from "@/lib/models/reserve-quota";
import { MAX_FILE_BYTES } from "@/lib/uploads/max-file-bytes";

export type FetchProgress = { filesDone: number; bytesDone: number; currentFile: string | null };

/**
 * Fetches a plan's files, one after the other, into the project's content. Each is content of the project as soon as it is whole,
 * its bytes taken of the quota: an attempt that comes later, or another worker's, does not fetch it again. `kept` is told of each.
 */
export async function fetchImport(projectId: string, plan: ImportPlan, o: { signal: AbortSignal; progress(p: FetchProgress): void; kept(blobId: string): void }): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  let bytesDone = 0;
  for (const file of plan.files) {
    o.signal.throwIfAborted();
    const report = (received: number) => o.progress({ filesDone: files.length, bytesDone: bytesDone + received, currentFile: file.path });
    report(0);
    const here = (file.sha256 && (await findContent(projectId, file.sha256))) || (await keep(projectId, await fetchOne(projectId, file, o.signal, report)));
    o.kept(here.blobId);
    files.push({ ...here, path: file.path, shared: true });
    bytesDone += here.sizeBytes;
  }
  o.progress({ filesDone: files.length, bytesDone, currentFile: null });
  return files;
}

type Content = { blobId: string; sizeBytes: number; sha256: string };

/** Content of the project with this hash, and its file really there. */
async function findContent(projectId: string, sha256: string): Promise<Content | null> {
  const blob = await db().blob.findUnique({ where: { projectId_sha256: { projectId, sha256 } } });
  if (!blob || !(await artifactStore().stat(blob.id))) return null;
  return { blobId: blob.id, sizeBytes: Number(blob.sizeBytes), sha256 };
}

async function fetchOne(projectId: string, file: PlannedFile, signal: AbortSignal, report: (received: number) => void): Promise<Content> {
  const project = await db().project.findUniqueOrThrow({ where: { id: projectId }, select: { quotaBytes: true, usedBytes: true } });
  const left = Number(project.quotaBytes - project.usedBytes);
  const maxBytes = Math.min(left, MAX_FILE_BYTES);
  if (maxBytes <= 0) throw quotaExceeded(left);
  const { body, contentLength } = await file.open(maxBytes, signal);
  try {
    if (contentLength !== null && contentLength > left) throw quotaExceeded(left);
    return await receiveFile(artifactStore(), body, { maxBytes, expectedLength: file.sizeBytes ?? contentLength ?? undefined, expectedSha256: file.sha256 ?? undefined, onProgress: report, signal });
  } finally {
    body.on("error", () => undefined).destroy();
  }
}

/** Makes a file content of the project, or drops it for the same content that is there already. */
async function keep(projectId: string, fetched: Content): Promise<Content> {
  try {
    await db().$transaction(async (tx) => {
      await reserve(tx, projectId, BigInt(fetched.sizeBytes));
      await tx.blob.create({ data: { id: fetched.blobId, projectId, sha256: fetched.sha256, sizeBytes: BigInt(fetched.sizeBytes) } });
    });
    return fetched;
  } catch (error) {
    const known = (error as { code?: string }).code === "P2002";
    // After any other fault the row may be there all the same: without one the sweeper takes the file away.
    if (known || error instanceof AppError) await artifactStore().remove(fetched.blobId);
    const there = known ? await findContent(projectId, fetched.sha256) : null;
    if (there) return there;
    throw error;
  }
}
