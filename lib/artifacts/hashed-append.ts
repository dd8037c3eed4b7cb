import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { asDiskError } from "@/lib/artifacts/disk-errors";

// Small network chunks are gathered to this much before a write: fewer system calls, and hashing what arrives overlaps writing the batch before.
const BATCH_BYTES = 1 << 20;
// Written back to the disk in the background at this interval, so that the closing fsync finds little left to do. Not oftener: a
// write waits for the sync before it where the file system keeps the file locked meanwhile.
const WRITE_BACK_EVERY_BYTES = 256 << 20;

/**
 * Appends to an open file while hashing what passes. What is appended is copied into two batches that are used in turn, one being written
 * and one being filled: memory stays at those two, and a chunk may be given back as soon as it was appended. The caller owns the handle.
 */
export class HashedAppend {
  private filling: Buffer | null = null;
  private filled = 0;
  private spare: Buffer | null = null;
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
    this.hash.update(chunk);
    for (let at = 0; at < chunk.byteLength;) {
      this.filling ??= Buffer.allocUnsafeSlow(BATCH_BYTES);
      const part = chunk.subarray(at, at + BATCH_BYTES - this.filled);
      this.filling.set(part, this.filled);
      this.filled += part.byteLength;
      at += part.byteLength;
      if (this.filled === BATCH_BYTES) await this.flush();
    }
  }

  /** Starts writing what is gathered, once the batch before it has landed. */
  private async flush(): Promise<void> {
    if (this.writing) await this.writing;
    const { filling, filled } = this;
    if (!filling || filled === 0) return;
    this.filling = this.spare;
    this.spare = filling;
    this.filled = 0;
    this.writing = this.writeBatch(filling, filled);
    this.writing.catch(() => undefined); // awaited by the next flush
  }

  private async writeBatch(batch: Buffer, wanted: number): Promise<void> {
    try {
      for (let at = 0; at < wanted;) {
        const { bytesWritten } = await this.handle.write(batch, at, wanted - at, this.writtenBytes + at);
        at += bytesWritten;
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
