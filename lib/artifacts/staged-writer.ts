import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { incomingPath } from "@/lib/artifacts/blob-path";
import { asDiskError, tooLarge } from "@/lib/artifacts/disk-errors";
import { HashedAppend } from "@/lib/artifacts/hashed-append";
import type { BlobWriter, FinishedBlob } from "@/lib/artifacts/store";

/** Receives one object into `incoming/` on this machine's disk; `adopt` takes the complete, synced file into the store. */
export async function stageFile(root: string, maxBytes: number, adopt: (partial: string) => Promise<string>): Promise<BlobWriter> {
  await fs.mkdir(path.join(root, "incoming"), { recursive: true, mode: 0o700 });
  const partial = incomingPath(root, randomUUID());
  try {
    return new StagedWriter(adopt, partial, await fs.open(partial, "wx", 0o600), maxBytes);
  } catch (error) {
    throw asDiskError(error);
  }
}

/** Removes what a killed process left half written: files of `incoming/` not touched since `olderThan`. Returns how many. */
export async function sweepIncoming(root: string, olderThan: Date): Promise<number> {
  const incoming = path.join(root, "incoming");
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

class StagedWriter implements BlobWriter {
  private readonly out: HashedAppend;
  private state: "open" | "committed" | "aborted" = "open";
  private sha256: string | null = null;
  sizeBytes = 0;

  constructor(
    private readonly adopt: (partial: string) => Promise<string>,
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
    const blobId = await this.adopt(this.partial);
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
