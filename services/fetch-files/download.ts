import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import fs, { type FileHandle } from "node:fs/promises";
import path from "node:path";
import { asDiskFailure, FetchFailure, Passing } from "./failure";
import { reasonOf, refusal, type RemoteFile } from "./exchange";

/** No byte for so long means that the connection is dead. */
const STALL_MS = 30_000;

export type Source = { baseUrl: string; token: () => string; /** Asked when the download token's time is over. */ renew: () => Promise<void> };

/**
 * One file, to `target`. Goes on where an earlier try stopped, its own or one before a restart; the name appears only once every byte has
 * the SHA-256 that was approved. Throws Passing to be called again.
 */
export async function download(file: RemoteFile, target: string, source: Source, progress: () => void): Promise<void> {
  if (await isThere(target, file)) return;
  const partial = `${target}.part`;
  await fs.mkdir(path.dirname(target), { recursive: true }).catch((error: unknown) => { throw asDiskFailure(error, file.path); });
  const handle = await fs.open(partial, "a+").catch((error: unknown) => { throw asDiskFailure(error, file.path); });
  try {
    const hash = createHash("sha256");
    let have = (await handle.stat()).size;
    if (have > file.sizeBytes) {
      await handle.truncate(0);
      have = 0;
    }
    if (have > 0) await feed(hash, partial);
    if (have < file.sizeBytes) await receive(file, handle, hash, have, source, progress);
    if (hash.digest("hex") !== file.sha256) {
      await handle.truncate(0);
      throw new Mismatch(file.path);
    }
    await handle.sync();
  } catch (error) {
    throw asDiskFailure(error, file.path);
  } finally {
    await handle.close();
  }
  await fs.rename(partial, target);
}

/** Every byte came and they are not the right ones. Once it may have happened on the way; twice it is so at the source. */
export class Mismatch extends Passing {
  constructor(name: string) {
    super(`${name} is not the file that was approved: its SHA-256 differs.`);
  }
}

async function receive(file: RemoteFile, handle: FileHandle, hash: Hash, from: number, source: Source, progress: () => void): Promise<void> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Passing(`${file.path}: nothing came for ${STALL_MS / 1000} s.`)), STALL_MS);
  try {
    const response = await fetch(source.baseUrl + file.url, {
      headers: { authorization: `Bearer ${source.token()}`, "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-`, "if-range": `"${file.sha256}"` } : {}) }, redirect: "error", signal: abort.signal,
    });
    if (response.status === 401) {
      await source.renew();
      throw new Passing(`${file.path}: the download token's time was over.`);
    }
    if (!response.ok) throw refusal(response, await response.text(), source.baseUrl);
    if (from > 0 && (response.status !== 206 || !response.headers.get("content-range")?.startsWith(`bytes ${from}-`))) {
      await handle.truncate(0);
      throw new Passing(`${file.path} cannot be gone on with; it is fetched from its beginning.`);
    }
    let have = from;
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      have += chunk.byteLength;
      if (have > file.sizeBytes) throw new FetchFailure("digestMismatch", `${file.path} is longer than the file that was approved.`);
      await handle.appendFile(chunk);
      hash.update(chunk);
      progress();
      timer = setTimeout(() => abort.abort(new Passing(`${file.path}: nothing came for ${STALL_MS / 1000} s.`)), STALL_MS);
    }
    if (have < file.sizeBytes) throw new Passing(`${file.path} broke off after ${have} of ${file.sizeBytes} bytes.`);
  } catch (error) {
    if (error instanceof Passing || error instanceof FetchFailure) throw error;
    if (abort.signal.aborted) throw abort.signal.reason;
    const disk = asDiskFailure(error, file.path);
    throw disk instanceof FetchFailure ? disk : new Passing(`${file.path} broke off (${reasonOf(error)}).`);
  } finally {
    clearTimeout(timer);
  }
}

async function isThere(target: string, file: RemoteFile): Promise<boolean> {
  const stat = await fs.stat(target).catch(() => null);
  if (!stat?.isFile() || stat.size !== file.sizeBytes) return false;
  const hash = createHash("sha256");
  await feed(hash, target);
  return hash.digest("hex") === file.sha256;
}

async function feed(hash: Hash, name: string): Promise<void> {
  for await (const chunk of createReadStream(name, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
}
