import { createGunzip } from "node:zlib";
import { parse } from "yaml";
import { asRecord } from "./bounded-json";
import type { Budget } from "./budget";
import { plainText } from "./plain-text";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import { bufferFile } from "./slice";
import { listTar } from "./tar";
import type { ReadableFile } from "./types";

const MAX_UNPACKED_BYTES = 48 * 1024 * 1024;
const MAX_YAML_BYTES = 256 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Unpacks at most the first `maxBytes` of a gzip stream. `whole` tells whether that was all of it. */
export async function gunzipPrefix(file: ReadableFile, budget: Budget, maxBytes = MAX_UNPACKED_BYTES): Promise<{ bytes: Buffer; whole: boolean }> {
  async function* compressed() {
    for (let offset = 0; offset < file.sizeBytes; offset += CHUNK_BYTES) {
      budget.checkTime();
      yield await file.read(offset, CHUNK_BYTES);
    }
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const chunks: Buffer[] = [];
  let total = 0;
  const feed = (async () => {
    for await (const chunk of compressed()) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await new Promise<void>((resolve) => { gunzip.once("drain", resolve); gunzip.once("close", resolve); });
    }
    gunzip.end();
  })();
  feed.catch((error: Error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) {
      budget.checkTime();
      chunks.push(chunk as Buffer);
      total += (chunk as Buffer).length;
      if (total >= maxBytes) return { bytes: Buffer.concat(chunks), whole: false };
    }
    return { bytes: Buffer.concat(chunks), whole: true };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("malformed_gzip", "The compressed archive is damaged or incomplete. Make it again and upload the complete file.");
  } finally {
    gunzip.destroy();
  }
}

/** Reads a BentoML archive (tar, maybe gzip) for its bento.yaml; null when it is a tar of something else. Its service is Python, so it always waits for approval. */
export async function readBento(file: ReadableFile, budget: Budget, compressed: boolean): Promise<Reading | null> {
  const prefix = compressed ? await gunzipPrefix(file, budget) : null;
  const tar = prefix ? bufferFile(file.path, prefix.bytes) : file;
  if (prefix && prefix.bytes.toString("latin1", 257, 262) !== "ustar") return null;
  const { entries, complete } = await listTar(tar, budget, prefix !== null && !prefix.whole);
  const entry = entries.find(({ name }) => name === "bento.yaml");
  if (!entry) {
    if (entries.some(({ name }) => name.toLowerCase() === "bento.yaml")) throw new Refusal("mangled_name", "The archive spells bento.yaml in another case than BentoML does. Export the bento again.");
    if (prefix && !prefix.whole) throw new Refusal("too_large_part", `No bento.yaml was found in the first ${MAX_UNPACKED_BYTES} unpacked bytes. Export the bento again, without compression.`);
    return null;
  }
  if (entry.sizeBytes > MAX_YAML_BYTES) throw new Refusal("too_large_part", "bento.yaml is larger than 256 KB. Export the bento again.");
  const facts = readFacts((await tar.read(entry.start, entry.sizeBytes)).toString("utf8"));
  return {
    format: "bento", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts: { ...facts, entries: entries.length }, carriesCode: true,
    findings: [
      { severity: "warning", code: "carries_code", path: file.path, message: "A bento runs its own Python service, so it can be deployed only after a platform person approved it." },
      ...(complete ? [] : [{ severity: "warning" as const, code: "listing_incomplete", path: file.path, message: "Only the beginning of the archive was listed." }]),
    ],
  };
}

function readFacts(text: string): Record<string, string> {
  let yaml: Record<string, unknown> | null;
  try {
    yaml = asRecord(parse(text, { maxAliasCount: 20, schema: "core", logLevel: "silent" }));
  } catch {
    yaml = null;
  }
  if (!yaml) throw new Refusal("malformed_yaml", "bento.yaml is not valid YAML. Export the bento again.");
  const facts: Record<string, string> = {};
  for (const key of ["service", "name", "version", "bentoml_version", "creation_time"]) {
    const value = Object.hasOwn(yaml, key) ? yaml[key] : undefined;
    if (typeof value === "string" || typeof value === "number") facts[key === "bentoml_version" ? "bentomlVersion" : key === "creation_time" ? "createdAt" : key] = plainText(String(value));
  }
  return facts;
}
