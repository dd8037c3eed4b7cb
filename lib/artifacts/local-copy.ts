import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { blobPath, incomingPath } from "@/lib/artifacts/blob-path";
import { asDiskError } from "@/lib/artifacts/disk-errors";
import type { ArtifactStore } from "@/lib/artifacts/store";

const fetching = new Map<string, Promise<string>>();

/**
 * Where the bytes of a file lie on this machine's disk, for a replica of it: in the store itself where that is a directory, else in a copy that is made
 * once and kept (RETENTION.localCopyDays). The model server checks its SHA-256 as it loads.
 */
export async function localFile(store: ArtifactStore, blobId: string): Promise<string> {
  const own = store.absolutePath(blobId);
  if (own !== null) return own;
  const copy = blobPath(store.root, blobId);
  const now = new Date();
  // Started from now: the sweeper goes by this time.
  if (await fs.utimes(copy, now, now).then(() => true, () => false)) return copy;
  const running = fetching.get(blobId) ?? fetchCopy(store, blobId, copy).finally(() => fetching.delete(blobId));
  fetching.set(blobId, running);
  return running;
}

async function fetchCopy(store: ArtifactStore, blobId: string, copy: string): Promise<string> {
  const partial = incomingPath(store.root, randomUUID());
  const blob = await store.open(blobId);
  try {
    for (const folder of [partial, copy]) await fs.mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
    await pipeline(blob.stream(), createWriteStream(partial, { flags: "wx", mode: 0o400 }));
    await fs.rename(partial, copy);
    return copy;
  } catch (error) {
    await fs.rm(partial, { force: true });
    throw asDiskError(error);
  } finally {
    await blob.close();
  }
}

/** Removes copies that no replica was started from since `before`. A replica that has one open keeps it until it ends. Returns how many. */
export async function sweepLocalCopies(store: ArtifactStore, before: Date): Promise<number> {
  if (store.onDisk) return 0;
  const blobs = path.join(store.root, "blobs");
  let removed = 0;
  for (const folder of await fs.readdir(blobs).catch(() => [])) {
    for (const name of await fs.readdir(path.join(blobs, folder)).catch(() => [])) {
      const file = path.join(blobs, folder, name);
      const stat = await fs.stat(file).catch(() => null);
      if (!stat?.isFile() || stat.mtime >= before) continue;
      await fs.rm(file, { force: true });
      removed++;
    }
  }
  return removed;
}
