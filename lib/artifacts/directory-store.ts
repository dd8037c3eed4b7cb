import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { blobPath, incomingPath, isServerMadeId } from "@/lib/artifacts/blob-path";
import { asDiskError, tooLarge } from "@/lib/artifacts/disk-errors";
import { HashedAppend } from "@/lib/artifacts/hashed-append";
import type { ArtifactStore, BlobStat, BlobWriter, FinishedBlob, OpenBlob } from "@/lib/artifacts/store";
import { syncDirectory } from "@/lib/artifacts/sync-directory";
import { notFound } from "@/lib/errors";

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The artifact store in a directory: `blobs/` holds what is whole, `incoming/` what is being written. Both on one file system, so that a rename is atomic. */
export class DirectoryStore implements ArtifactStore {
  constructor(readonly root: string) {}

  absolutePath(blobId: string): string {
    return blobPath(this.root, blobId);
  }

  async createWriter({ maxBytes }: { maxBytes: number }): Promise<BlobWriter> {
    await fs.mkdir(path.join(this.root, "incoming"), { recursive: true, mode: 0o700 });
    const partial = incomingPath(this.root, randomUUID());
    try {
      return new DirectoryWriter(this, partial, await fs.open(partial, "wx", 0o600), maxBytes);
    } catch (error) {
      throw asDiskError(error);
    }
  }

  /**
   * Moves a complete, synced file of the same file system into the store, read-only. `blobId` makes a repeated call after
   * a crash land on the same name: already moved is success.
   */
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

  /** Removes what a killed process left half written: files of `incoming/` not touched since `olderThan`. Returns how many. */
  async sweepIncoming(olderThan: Date): Promise<number> {
    const incoming = path.join(this.root, "incoming");
    let removed = 0;
    for (const name of await fs.readdir(incoming).catch(() => [])) {
      const file = path.join(incoming, name);
      const stat = await fs.stat(file).catch(() => null);
      if (!stat?.isFile() || stat.mtime >= olderThan) continue;
      await fs.rm(file, { force: true });
      removed++;
    }
    return removed;
  }
}

class DirectoryWriter implements BlobWriter {
  private readonly out: HashedAppend;
  private state: "open" | "committed" | "aborted" = "open";
  private sha256: string | null = null;
  sizeBytes = 0;

  constructor(
    private readonly store: DirectoryStore,
    private readonly partial: string,
    private readonly handle: fs.FileHandle,
    private readonly maxBytes: number,
  ) {
    this.out = new HashedAppend(handle, 0);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.sizeBytes += chunk.byteLength;
    if (this.sizeBytes > this.maxBytes) throw tooLarge(this.maxBytes);
    await this.out.append(chunk);
  }

  async digest(): Promise<string> {
    await this.out.drain();
    return (this.sha256 ??= this.out.peekSha256());
  }

  async commit(): Promise<FinishedBlob> {
    const sha256 = await this.digest();
    await this.out.sync();
    await this.handle.close();
    const blobId = await this.store.adopt(this.partial);
    this.state = "committed";
    return { blobId, sizeBytes: this.sizeBytes, sha256 };
  }

  async abort(): Promise<void> {
    if (this.state !== "open") return;
    this.state = "aborted";
    await this.out.settle();
    await this.handle.close().catch(() => undefined);
    await fs.rm(this.partial, { force: true });
  }
}
