import { asRecord, parseBoundedJson } from "./bounded-json";
import type { Budget } from "./budget";
import { plainText } from "./plain-text";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { ReadableFile } from "./types";

/** The format allows 100 MB; the largest published headers are about 10 MB, and a JSON text costs several times its size once parsed. */
export const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const HEADER_LIMITS = { maxDepth: 4, maxValues: 600_000 };
const BITS: Record<string, number> = {
  BOOL: 8, U8: 8, I8: 8, F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8,
  U16: 16, I16: 16, F16: 16, BF16: 16, U32: 32, I32: 32, F32: 32, U64: 64, I64: 64, F64: 64, C64: 64,
  F4: 4, F6_E2M3: 6, F6_E3M2: 6,
};

export type SafetensorsReading = Reading & { tensorNames: Set<string> };
type Range = { name: string; begin: number; end: number };

/** Reads a safetensors header and proves that its ranges tile the file exactly: in range, no overlap, no gap where bytes could hide. */
export async function readSafetensors(file: ReadableFile, budget: Budget): Promise<SafetensorsReading> {
  const prefix = await file.read(0, 8);
  if (prefix.length < 8) throw new Refusal("truncated", "The file is too short to be a safetensors file. Upload it again.");
  const declared = prefix.readBigUInt64LE(0);
  if (declared > BigInt(MAX_HEADER_BYTES)) throw new Refusal("header_too_large", `The safetensors header claims ${declared} bytes; at most ${MAX_HEADER_BYTES} are read. Split the model into shards.`);
  const headerBytes = Number(declared);
  if (8 + headerBytes > file.sizeBytes) throw new Refusal("truncated", "The safetensors header is longer than the file. Upload the complete file.");
  const header = asRecord(parseBoundedJson(await file.read(8, headerBytes), "The safetensors header", HEADER_LIMITS));
  if (!header) throw new Refusal("malformed_json", "The safetensors header is not a JSON object. Save the file again.");

  const facts: Record<string, string | number> = {};
  const weightBytesByType: Record<string, number> = {};
  const ranges: Range[] = [];
  let parameters = 0n;
  for (const [name, value] of Object.entries(header)) {
    budget.step();
    if (name === "__metadata__") {
      Object.assign(facts, readMetadata(value));
      continue;
    }
    const tensor = readEntry(name, value);
    ranges.push(tensor);
    parameters += tensor.elements;
    weightBytesByType[tensor.dtype] = (weightBytesByType[tensor.dtype] ?? 0) + tensor.end - tensor.begin;
  }
  checkTiling(ranges, file.sizeBytes - 8 - headerBytes);
  facts.tensors = ranges.length;
  return {
    format: "safetensors", path: file.path, signature: null, parameters, weightBytesByType, facts, findings: [], carriesCode: false,
    tensorNames: new Set(ranges.map((range) => range.name)),
  };
}

function readEntry(name: string, value: unknown): Range & { dtype: string; elements: bigint } {
  const label = plainText(name);
  const entry = asRecord(value);
  const dtype = entry?.dtype;
  const bits = typeof dtype === "string" && Object.hasOwn(BITS, dtype) ? BITS[dtype] : undefined;
  if (!entry || typeof dtype !== "string" || bits === undefined) throw new Refusal("unknown_datatype", `Tensor "${label}" has no datatype that safetensors defines. Save the file again.`);
  const { shape, data_offsets: offsets } = entry;
  const isSize = (n: unknown): n is number => typeof n === "number" && Number.isSafeInteger(n) && n >= 0;
  if (!Array.isArray(shape) || shape.length > 64 || !shape.every(isSize)) throw new Refusal("bad_shape", `Tensor "${label}" has an impossible shape. Save the file again.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) throw new Refusal("bad_offsets", `Tensor "${label}" has no valid data_offsets. Save the file again.`);
  const [begin, end] = offsets as [number, number];
  const elements = shape.reduce((product: bigint, dim) => product * BigInt(dim), 1n);
  const size = elements * BigInt(bits);
  if (size % 8n !== 0n || end < begin || BigInt(end - begin) !== size / 8n) {
    throw new Refusal("size_mismatch", `Tensor "${label}" should hold ${(size + 7n) / 8n} bytes by its shape and type, but its offsets span ${end - begin}. Save the file again.`);
  }
  return { name, begin, end, dtype, elements };
}

function checkTiling(ranges: Range[], dataBytes: number): void {
  let at = 0;
  for (const range of ranges.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (range.begin < at) throw new Refusal("overlap", `Tensor "${plainText(range.name)}" overlaps another one. Save the file again.`);
    if (range.begin > at) throw new Refusal("gap", `There are ${range.begin - at} unclaimed bytes before tensor "${plainText(range.name)}", where anything could hide. Save the file again.`);
    at = range.end;
  }
  if (at > dataBytes) throw new Refusal("truncated", `The tensors need ${at} bytes but the file holds ${dataBytes}. Upload the complete file.`);
  if (at < dataBytes) throw new Refusal("trailing_bytes", `The file holds ${dataBytes - at} bytes that no tensor claims, where anything could hide. Save the file again.`);
}

function readMetadata(value: unknown): Record<string, string> {
  const metadata = asRecord(value);
  if (!metadata || Object.values(metadata).some((v) => typeof v !== "string")) throw new Refusal("malformed_json", "__metadata__ in the safetensors header must map text to text. Save the file again.");
  const format = Object.hasOwn(metadata, "format") ? metadata.format : undefined;
  return typeof format === "string" ? { framework: plainText(format, 40) } : {};
}
