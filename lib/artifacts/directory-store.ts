import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { blobPath, isServerMadeId } from "@/lib/artifacts/blob-path";
import { asDiskError } from "@/lib/artifacts/disk-errors";
import type { ArtifactStore, BlobStat, BlobWriter, OpenBlob } from "@/lib/artifacts/store";
import { stageFile } from "@/lib/artifacts/staged-writer";
import { syncDirectory } from "@/lib/artifacts/sync-directory";
import { AppError, notFound } from "@/lib/errors";

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The artifact store in a directory: `blobs/` holds what is whole, `incoming/` what is being written. Both on one file system, so that a rename is atomic. */
export class DirectoryStore implements ArtifactStore {
  readonly onDisk = true;
  constructor(readonly root: string) {}

  absolutePath(blobId: string): string {
    return blobPath(this.root, blobId);
  }

  createWriter({ maxBytes }: { maxBytes: number }): Promise<BlobWriter> {
    return stageFile(this.root, maxBytes, (partial) => this.adopt(partial));
  }

  async adopt(partial: string, blobId: string = randomUUID()): Promise<string> {
    const target = blobPath(this.root, blobId);
    const folder = path.dirname(target);
    try {
      const made = await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      await fs.chmod(partial, 0o400);
      await fs.rename(partial, target);
      await syncDirectory(folder);
      if (made) await syncDirectory(path.dirname(folder));
    } catch (error) {
      if (isMissing(error) && (await this.stat(blobId))) return blobId;
      throw asDiskError(error);
    }
    return blobId;
  }

  async check(): Promise<void> {
    try {
      await fs.mkdir(this.root, { recursive: true, mode: 0o700 });
      await fs.access(this.root, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    } catch (cause) {
      throw new AppError("unprocessable", `The store of model files, ${this.root}, cannot be written to (${(cause as NodeJS.ErrnoException).code}). Whoever runs Slipway checks SLIPWAY_DATA_DIR and who owns it.`, { cause });
    }
  }

  async open(blobId: string): Promise<OpenBlob> {
    const file = blobPath(this.root, blobId);
    const handle = await fs.open(file, "r").catch((error) => {
      throw isMissing(error) ? notFound("file") : error;
    });
    const { size } = await handle.stat();
    return {
      sizeBytes: size,
      async read(offset, length) {
        const wanted = Math.max(0, Math.min(length, size - offset));
        const buffer = Buffer.allocUnsafe(wanted);
        let filled = 0;
        while (filled < wanted) {
          const { bytesRead } = await handle.read(buffer, filled, wanted - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
      stream: (range) => createReadStream(file, range ? { start: range.start, end: range.end - 1, highWaterMark: 1 << 20 } : { highWaterMark: 1 << 20 }),
      close: () => handle.close(),
    };
  }

  async stat(blobId: string): Promise<BlobStat | null> {
    if (!isServerMadeId(blobId)) return null;
    try {
      // When it came into the store (chmod and rename), not when its first byte was received: that may be hours before.
      const { size, ctime } = await fs.stat(blobPath(this.root, blobId));
      return { blobId, sizeBytes: size, createdAt: ctime };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async remove(blobId: string): Promise<void> {
    await fs.rm(blobPath(this.root, blobId), { force: true });
  }

  async *list(): AsyncGenerator<BlobStat> {
    const blobs = path.join(this.root, "blobs");
    for (const folder of await fs.readdir(blobs).catch(() => [])) {
      for (const name of await fs.readdir(path.join(blobs, folder)).catch(() => [])) {
        const found = await this.stat(name);
        if (found) yield found;
      }
    }
  }
}
