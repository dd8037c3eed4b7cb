import type { Readable } from "node:stream";

/** What is known of a stored object. `sha256` is not kept here: the database row of the file holds it. */
export type BlobStat = { blobId: string; sizeBytes: number; createdAt: Date };

export type FinishedBlob = { blobId: string; sizeBytes: number; sha256: string };

/** Receives one object. Until `commit` resolves nothing is in the store; after `abort`, or a crash, nothing ever will be. */
export interface BlobWriter {
  readonly sizeBytes: number;
  /** Takes ownership of the chunk and resolves when more may be given. Throws `disk_full`, or `too_large` past `maxBytes`. */
  write(chunk: Buffer | Uint8Array): Promise<void>;
  /** SHA-256 (hex) of everything written, once all of it has reached the file. Nothing may be written after. */
  digest(): Promise<string>;
  /** Makes the object durable and visible at once. */
  commit(): Promise<FinishedBlob>;
  /** Safe at any time, also twice and after `commit` (then it does nothing). */
  abort(): Promise<void>;
}

export interface OpenBlob {
  readonly sizeBytes: number;
  /** `length` bytes from `offset`; fewer only at the end. For readers of headers. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Whole, or the half-open byte range [start, end). The stream is independent of `close`. */
  stream(range?: { start: number; end: number }): Readable;
  close(): Promise<void>;
}

/**
 * Where the bytes of models are kept, whole and immutable. Keys are UUIDs made by the server: nothing a user names ever
 * becomes a path. Foreign and malformed ids throw `not_found`.
 */
export interface ArtifactStore {
  /** Whether `absolutePath` answers: the bytes lie on a disk that this machine reads. */
  readonly onDisk: boolean;
  /** Where this machine keeps what is being received: `uploads/` and `incoming/`. */
  readonly root: string;
  /** Throws, in words that say what to do, when the store cannot be used. */
  check(): Promise<void>;
  createWriter(options: { maxBytes: number }): Promise<BlobWriter>;
  /**
   * Takes a complete, synced file of this machine (on the file system of `root`) into the store and away from where it lay. `blobId` makes a repeated
   * call after a crash land on the same name: already taken is success.
   */
  adopt(partial: string, blobId?: string): Promise<string>;
  open(blobId: string): Promise<OpenBlob>;
  stat(blobId: string): Promise<BlobStat | null>;
  /** Already gone is success. */
  remove(blobId: string): Promise<void>;
  /** Every object, in no particular order; for the sweeper. */
  list(): AsyncIterable<BlobStat>;
  /** Where the bytes lie on this machine's disk, for a local replica to read; null where the store is not `onDisk`. */
  absolutePath(blobId: string): string | null;
}
