import { readBento, gunzipPrefix } from "./bento";
import type { Budget } from "./budget";
import type { Kind } from "./classify";
import { readGguf } from "./gguf";
import { isModelArchive, readMar } from "./mar";
import { readOnnx } from "./onnx";
import { isHeaderlessPickle, readPickle } from "./pickle";
import { isLegacyTorch, isTorchArchive, readLegacyTorch, readTorchArchive } from "./pytorch";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import { readSafetensors } from "./safetensors";
import type { ReadableFile } from "./types";
import { listZip } from "./zip";

/** Hands a file to the reader of its kind. null: it is not a model, or of a kind that no reader knows. Throws a Refusal for a malformed or hostile one. */
export async function readModelFile(file: ReadableFile, kind: Kind, siblings: ReadonlyMap<string, number>, budget: Budget): Promise<Reading | null> {
  switch (kind) {
    case "onnx":
      return dataOnly(file, budget, readOnnx(file, siblings, budget));
    case "safetensors":
      return dataOnly(file, budget, readSafetensors(file, budget));
    case "gguf":
      return dataOnly(file, budget, readGguf(file, budget));
    case "pickle": {
      const head = await file.read(0, 64);
      return isLegacyTorch(head) ? readLegacyTorch(file, budget) : readPickle(file, budget);
    }
    case "zip": {
      const entries = await listZip(file, budget);
      if (isModelArchive(entries)) return readMar(file, entries);
      return isTorchArchive(entries) ? readTorchArchive(file, entries, budget) : null;
    }
    case "tar":
      return readBento(file, budget, false);
    case "gzip":
      return (await readBento(file, budget, true)) ?? readCompressedPickle(file, (await gunzipPrefix(file, budget, 4_096)).bytes);
    case "text":
    case "binary":
    case "zlib":
      return (await isHeaderlessPickle(file, budget)) ? readPickle(file, budget) : null;
    default:
      return null;
  }
}

/** A file can be a sound model and a pickle at once, and a loader that goes by the name would run it. */
async function dataOnly(file: ReadableFile, budget: Budget, read: Promise<Reading>): Promise<Reading> {
  const reading = await read;
  if (await isHeaderlessPickle(file, budget)) {
    throw new Refusal("polyglot", `The file reads as ${reading.format} and as a pickle that runs code, depending on who opens it. Export the model again from its source.`);
  }
  return reading;
}

function readCompressedPickle(file: ReadableFile, unpacked: Buffer): Reading | null {
  if (unpacked[0] !== 0x80 || (unpacked[1] ?? 255) > 5) return null;
  return {
    format: "pickle", path: file.path, signature: null, parameters: null, weightBytesByType: null, facts: { container: "compressed pickle" }, carriesCode: true,
    findings: [{ severity: "danger", code: "cannot_be_verified", path: file.path, message: "The file is a compressed pickle, so its imports were not checked. Save the model as ONNX or safetensors, or upload it uncompressed." }],
  };
}
