import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { DataStore, Upload } from "@tus/utils";
import { isServerMadeId, requireServerMadeId } from "@/lib/artifacts/blob-path";
import { asDiskError } from "@/lib/artifacts/disk-errors";
import { HashedAppend } from "@/lib/artifacts/hashed-append";
import type { ArtifactStore } from "@/lib/artifacts/store";
import { AppError, notFound } from "@/lib/errors";
import type { UploadRecord, UploadRegistry } from "@/lib/uploads/upload-registry";

type HashState = { hash: Hash; offset: number };
export type ResumableStoreOptions = { expireAfterMs: number; idleTimeoutMs: number; isHeld: (id: string) => boolean };

// A hash is a few hundred bytes; the oldest is forgotten, and its upload's prefix read again should it go on.
const MAX_HASH_STATES = 1000;

/**
 * The tus data store over a directory of this machine: `uploads/<id>` grows by appending, its size is the offset, and the last
 * byte moves it into the artifact store under the same id. Every step may be cut off by a kill and is taken up by the next request.
 * The running SHA-256 lives in memory; after a restart the prefix is read again once.
 */
export class ResumableStore<Owner> extends DataStore {
  private readonly hashes = new Map<string, HashState>();
  private readonly writing = new Map<string, Promise<unknown>>();

  constructor(
    private readonly artifacts: ArtifactStore,
    private readonly registry: UploadRegistry<Owner>,
    private readonly options: ResumableStoreOptions,
  ) {
    super();
    this.extensions = ["creation", "creation-with-upload", "termination", "expiration"];
  }

  private fileOf(id: string): string {
    return path.join(this.artifacts.root, "uploads", requireServerMadeId(id, "upload"));
  }

  private async recordOf(id: string): Promise<UploadRecord<Owner>> {
    const record = await this.registry.get(requireServerMadeId(id, "upload"));
    if (!record) throw notFound("upload");
    return record;
  }

  /** Resolves when no write of this upload is under way in this process. */
  async settled(id: string): Promise<void> {
    await this.writing.get(id)?.catch(() => undefined);
  }

  override async create(upload: Upload): Promise<Upload> {
    const file = this.fileOf(upload.id);
    try {
      await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await (await fs.open(file, "wx", 0o600)).close();
      if (upload.size === 0) await this.complete(await this.recordOf(upload.id));
    } catch (error) {
      await fs.rm(file, { force: true });
      await this.registry.remove(upload.id);
      throw asDiskError(error);
    }
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const record = await this.recordOf(id);
    await this.settled(id);
    let offset = record.sizeBytes;
    if (!record.finished) {
      const partial = await fs.stat(this.fileOf(id)).catch(() => null);
      // No partial file but an object of this name: killed after the move and before the row was written.
      const size = partial?.size ?? (await this.artifacts.stat(id))?.sizeBytes;
      if (size === undefined) throw new AppError("gone", "The bytes of this upload are no longer here. Start it again.");
      offset = size;
      if (offset === record.sizeBytes) await this.complete(record);
    }
    return new Upload({ id, size: record.sizeBytes, offset, metadata: { ...record.metadata } as Record<string, string>, creation_date: record.createdAt.toISOString() });
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const work = this.append(stream, await this.recordOf(id), offset);
    this.writing.set(id, work);
    try {
      return await work;
    } finally {
      this.writing.delete(id);
    }
  }

  private async append(stream: Readable, record: UploadRecord<Owner>, offset: number): Promise<number> {
    if (record.finished) return record.sizeBytes;
    const { id } = record;
    const handle = await fs.open(this.fileOf(id), "r+");
    try {
      const state = await this.hashedUpTo(id, this.fileOf(id), offset);
      this.hashes.delete(id); // until what is hashed is known to be written
      const out = new HashedAppend(handle, offset, state.hash);
      const idle = setTimeout(() => stream.destroy(new AppError("timeout", "No bytes came for too long. Ask for the offset and go on from there.")), this.options.idleTimeoutMs);
      try {
        for await (const chunk of stream) {
          idle.refresh();
          if (!this.options.isHeld(id)) throw new AppError("upload_locked", "This request lost its hold on the upload. Ask for the offset and go on from there.");
          await out.append(chunk as Buffer);
        }
      } finally {
        clearTimeout(idle);
        // Also when the client vanished: what has arrived is kept, so that it need not be sent again.
        await out.drain().finally(() => out.settle());
        this.remember(id, { hash: state.hash, offset: out.writtenBytes });
      }
      if (out.writtenBytes === record.sizeBytes) {
        await out.sync();
        await this.complete(record);
      }
      return out.writtenBytes;
    } finally {
      await handle.close();
    }
  }

  /** Checks the whole, moves it into the artifact store and tells the registry. Repeatable from any point it was cut off at. */
  private async complete(record: UploadRecord<Owner>): Promise<void> {
    const { id, sizeBytes, metadata } = record;
    const partial = this.fileOf(id);
    const moved = (await this.artifacts.stat(id)) !== null;
    const { hash } = await (moved ? this.hashedInStore(id, sizeBytes) : this.hashedUpTo(id, partial, sizeBytes));
    const sha256 = hash.copy().digest("hex");
    if (metadata.sha256 && metadata.sha256 !== sha256) {
      await this.remove(id);
      throw new AppError("digest_mismatch", "The bytes that arrived do not have the SHA-256 that was announced. The upload was removed; send the file again.", { extra: { expected: metadata.sha256, actual: sha256 } });
    }
    if (!moved) {
      const handle = await fs.open(partial, "r+");
      await handle.sync().finally(() => handle.close());
      await this.artifacts.adopt(partial, id);
    }
    await this.registry.finish(id, { blobId: id, sha256 });
    this.hashes.delete(id);
  }

  /** The hash of what a kill left whole in the store, without its row. */
  private async hashedInStore(id: string, sizeBytes: number): Promise<HashState> {
    const blob = await this.artifacts.open(id);
    try {
      return await this.hashed(id, sizeBytes, (start) => blob.stream({ start, end: sizeBytes }));
    } finally {
      await blob.close();
    }
  }

  private hashedUpTo(id: string, file: string, offset: number): Promise<HashState> {
    return this.hashed(id, offset, (start) => createReadStream(file, { start, end: offset - 1, highWaterMark: 1 << 20 }));
  }

  /** The hash of the first `offset` bytes: the one in memory, fed with what it lacks. */
  private async hashed(id: string, offset: number, from: (start: number) => Readable): Promise<HashState> {
    let state = this.hashes.get(id);
    if (!state || state.offset > offset) state = { hash: createHash("sha256"), offset: 0 };
    if (state.offset < offset) {
      for await (const chunk of from(state.offset)) {
        state.hash.update(chunk as Buffer);
        state.offset += (chunk as Buffer).length;
      }
    }
    if (state.offset !== offset) throw new AppError("upload_incomplete", "The upload's file is shorter than expected. Ask for the offset and go on from there.");
    return state;
  }

  private remember(id: string, state: HashState): void {
    this.hashes.set(id, state);
    const oldest = this.hashes.keys().next().value;
    if (this.hashes.size > MAX_HASH_STATES && oldest) this.hashes.delete(oldest);
  }

  override async remove(id: string): Promise<void> {
    await this.recordOf(id);
    await this.drop(id);
  }

  /**
   * Row first, bytes then: whoever deletes the row decides what becomes of the bytes, and a version that has just been made of this
   * upload has deleted it. What a kill leaves in between has no row, and is swept. Returns whether there was anything to drop.
   */
  private async drop(id: string): Promise<boolean> {
    this.hashes.delete(id);
    if (!(await this.registry.remove(id))) return false;
    await fs.rm(this.fileOf(id), { force: true });
    await this.artifacts.remove(id);
    return true;
  }

  /** Removes what expired before now, at most 500 at a time. Returns how many. */
  override async deleteExpired(): Promise<number> {
    const expired = await this.registry.listExpired(new Date(Date.now() - this.options.expireAfterMs), 500);
    let removed = 0;
    for (const { id } of expired) if (await this.drop(id)) removed++;
    return removed;
  }

  /** Removes partial files last written before `before` that no upload has a row for: what a kill or a deleted project left. Returns how many. */
  async sweepUploads(before: Date): Promise<number> {
    let removed = 0;
    const names = await fs.readdir(path.join(this.artifacts.root, "uploads")).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    for (const name of names.filter(isServerMadeId)) {
      const found = await fs.stat(this.fileOf(name)).catch(() => null);
      if (!found?.isFile() || found.mtime >= before || (await this.registry.get(name))) continue;
      await fs.rm(this.fileOf(name), { force: true });
      this.hashes.delete(name);
      removed++;
    }
    return removed;
  }

  override getExpiration(): number {
    return this.options.expireAfterMs;
  }
}
