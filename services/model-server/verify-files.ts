import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import type { ConfigFile } from "./config";

/** Up to this size a model is loaded from the very bytes that were hashed; above, the second copy in memory would cost too much. */
const MAX_BYTES_IN_MEMORY = 256 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export class DigestMismatch extends Error {}

export type VerifiedModel = {
  source: { bytes: Uint8Array<ArrayBuffer> } | { path: string };
  /** To be called once the runtime has read the model: throws DigestMismatch when a file was exchanged since it was hashed. */
  recheck: () => Promise<void>;
};

/** Name of the file that holds the graph. Throws an Error in words when the set has none, or several and no `model.onnx`. */
export function entryFile(files: ConfigFile[]): ConfigFile {
  if (files.length === 1 && files[0]) return files[0];
  const graphs = files.filter((f) => f.path.toLowerCase().endsWith(".onnx"));
  const entry = graphs.length === 1 ? graphs[0] : graphs.find((f) => f.path === "model.onnx");
  if (entry) return entry;
  throw new Error(graphs.length === 0
    ? "None of the model's files ends in .onnx, so there is no graph to load."
    : `The model has ${graphs.length} .onnx files and none is named model.onnx, so it is unclear which one to load.`);
}

async function hashFile(file: ConfigFile, keep: boolean): Promise<{ bytes: Uint8Array<ArrayBuffer> | null; identity: string }> {
  const handle = await open(file.absolutePath, "r");
  try {
    const before = await handle.stat({ bigint: true });
    if (before.size !== BigInt(file.sizeBytes)) {
      throw new DigestMismatch(`${file.path} has ${before.size} bytes where ${file.sizeBytes} were approved.`);
    }
    const hash = createHash("sha256");
    const buffer = new Uint8Array(keep ? file.sizeBytes : Math.min(CHUNK_BYTES, file.sizeBytes));
    let offset = 0;
    while (offset < file.sizeBytes) {
      const at = keep ? offset : 0;
      const { bytesRead } = await handle.read(buffer, at, Math.min(CHUNK_BYTES, file.sizeBytes - offset), offset);
      if (bytesRead === 0) throw new DigestMismatch(`${file.path} ended after ${offset} of ${file.sizeBytes} bytes.`);
      hash.update(buffer.subarray(at, at + bytesRead));
      offset += bytesRead;
    }
    const actual = hash.digest("hex");
    if (actual !== file.sha256) throw new DigestMismatch(`${file.path} has the sha256 ${actual} where ${file.sha256} was approved.`);
    return { bytes: keep ? buffer : null, identity: identityOf(before) };
  } finally {
    await handle.close();
  }
}

const identityOf = (s: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }) =>
  [s.dev, s.ino, s.size, s.mtimeNs, s.ctimeNs].join(":");

/** Hashes every file of the model. Throws DigestMismatch, whose message names the file. */
export async function verifyFiles(files: ConfigFile[]): Promise<VerifiedModel> {
  const entry = entryFile(files);
  const inMemory = files.length === 1 && entry.sizeBytes > 0 && entry.sizeBytes <= MAX_BYTES_IN_MEMORY;
  const identities = new Map<ConfigFile, string>();
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  for (const file of files) {
    const hashed = await hashFile(file, inMemory);
    identities.set(file, hashed.identity);
    bytes = hashed.bytes;
  }
  if (bytes) return { source: { bytes }, recheck: async () => {} };
  return {
    source: { path: entry.absolutePath },
    recheck: async () => {
      for (const [file, identity] of identities) {
        // ctime also moves when a hard link is made or dropped, which is harmless: the content is then hashed again.
        if (identityOf(await stat(file.absolutePath, { bigint: true })) !== identity) await hashFile(file, false);
      }
    },
  };
}
