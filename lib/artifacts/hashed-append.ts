import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { asDiskError } from "@/lib/artifacts/disk-errors";

// Small network chunks are gathered to this much before a write: fewer system calls, and hashing one batch overlaps writing the one before.
const BATCH_BYTES = 1 << 20;
// Written back to the disk in the background at this interval, so that the closing fsync finds little left to do. Not oftener: a
// write waits for the sync before it where the file system keeps the file locked meanwhile.
const WRITE_BACK_EVERY_BYTES = 256 << 20;

/**
 * Appends to an open file while hashing what passes. Memory stays at two batches: one being written, one being gathered.
 * The caller owns the handle.
 */
export class HashedAppend {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private writing: Promise<void> | null = null;
  private writeBack: Promise<void> | null = null;
  private sinceWriteBack = 0;
  /** Bytes handed to the file so far, counted from its start. */
  writtenBytes: number;

  constructor(
    private readonly handle: FileHandle,
    offset: number,
    private readonly hash: Hash = createHash("sha256"),
  ) {
    this.writtenBytes = offset;
  }

  async append(chunk: Uint8Array): Promise<void> {
    if (chunk.byteLength === 0) return;
    this.pending.push(chunk);
    this.pendingBytes += chunk.byteLength;
    if (this.pendingBytes >= BATCH_BYTES) await this.flush();
  }

  /** Starts writing what is gathered, once the batch before it has landed. */
  private async flush(): Promise<void> {
    if (this.writing) await this.writing;
    if (this.pendingBytes === 0) return;
    const batch = this.pending;
    this.pending = [];
    this.pendingBytes = 0;
    this.writing = this.writeBatch(batch);
    this.writing.catch(() => undefined); // awaited by the next flush
    for (const part of batch) this.hash.update(part);
  }

  private async writeBatch(batch: Uint8Array[]): Promise<void> {
    const wanted = batch.reduce((sum, part) => sum + part.byteLength, 0);
    try {
      let { bytesWritten } = await this.handle.writev(batch, this.writtenBytes);
      // writev may stop early; the rest is written plainly.
      if (bytesWritten < wanted) {
        const rest = Buffer.concat(batch).subarray(bytesWritten);
        for (let at = 0; at < rest.length; ) {
          const { bytesWritten: more } = await this.handle.write(rest, at, rest.length - at, this.writtenBytes + bytesWritten);
          at += more;
          bytesWritten += more;
        }
      }
      this.writtenBytes += wanted;
      this.sinceWriteBack += wanted;
      if (this.sinceWriteBack >= WRITE_BACK_EVERY_BYTES && !this.writeBack) {
        this.sinceWriteBack = 0;
        this.writeBack = this.handle.datasync().finally(() => (this.writeBack = null));
        this.writeBack.catch(() => undefined); // the final sync reports what matters
      }
    } catch (error) {
      throw asDiskError(error);
    }
  }

  /** Resolves when everything appended is in the file (not yet on disk: see `sync`). */
  async drain(): Promise<void> {
    await this.flush();
    if (this.writing) await this.writing;
    this.writing = null;
  }

  /** Waits for whatever still runs on the handle, failed or not, so that it can be closed. */
  async settle(): Promise<void> {
    await this.writing?.catch(() => undefined);
    await this.writeBack?.catch(() => undefined);
  }

  async sync(): Promise<void> {
    await this.drain();
    await this.writeBack?.catch(() => undefined);
    try {
      await this.handle.sync();
    } catch (error) {
      throw asDiskError(error);
    }
  }

  /** Hash of what this object appended, on top of what `hash` had before. Does not end it. */
  peekSha256(): string {
    return this.hash.copy().digest("hex");
  }
}
