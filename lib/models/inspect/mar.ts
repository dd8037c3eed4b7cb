import { asRecord, parseBoundedJson } from "./bounded-json";
import { plainText } from "./plain-text";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { ReadableFile } from "./types";
import { matchesDirectory, openZipEntry, type ZipEntry } from "./zip";

const MANIFEST = "MAR-INF/MANIFEST.json";
const MAX_MANIFEST_BYTES = 1024 * 1024;

export function isModelArchive(entries: ZipEntry[]): boolean {
  return entries.some((entry) => entry.name.toLowerCase() === MANIFEST.toLowerCase());
}

/** Reads a TorchServe archive's manifest. Its handler is Python, so it always waits for approval. */
export async function readMar(file: ReadableFile, entries: ZipEntry[]): Promise<Reading> {
  const entry = entries.find(({ name }) => name === MANIFEST);
  if (!entry) throw new Refusal("mangled_name", "The archive spells MAR-INF/MANIFEST.json in another case than TorchServe does. Build it again with torch-model-archiver.");
  const content = await openZipEntry(file, entry, MAX_MANIFEST_BYTES);
  if (content.sizeBytes > MAX_MANIFEST_BYTES) throw new Refusal("too_large_part", "The archive's manifest is larger than 1 MB. Build it again with torch-model-archiver.");
  if (!(await matchesDirectory(content, entry))) throw new Refusal("bad_crc", "The archive's manifest does not match its checksum. Build it again with torch-model-archiver.");
  const manifest = asRecord(parseBoundedJson(await content.read(0, content.sizeBytes), "MAR-INF/MANIFEST.json", { maxDepth: 16, maxValues: 10_000 }));
  const model = manifest && Object.hasOwn(manifest, "model") ? asRecord(manifest.model) : null;
  if (!model) throw new Refusal("malformed_json", "MAR-INF/MANIFEST.json does not describe a model. Build the archive again with torch-model-archiver.");

  const facts: Record<string, string | number> = { entries: entries.length };
  for (const key of ["modelName", "modelVersion", "handler", "serializedFile", "modelFile", "requirementsFile"]) {
    const value = Object.hasOwn(model, key) ? model[key] : undefined;
    if (typeof value === "string" && value) facts[key] = plainText(value);
  }
  const runtime = manifest && Object.hasOwn(manifest, "runtime") ? manifest.runtime : undefined;
  if (typeof runtime === "string") facts.runtime = plainText(runtime, 40);
  return {
    format: "mar", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts, carriesCode: true,
    findings: [{ severity: "warning", code: "carries_code", path: file.path, message: "A TorchServe archive runs its own Python handler, so it can be deployed only after a platform person approved it." }],
  };
}
