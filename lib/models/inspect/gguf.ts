import type { Budget } from "./budget";
import { checkChatTemplate } from "./chat-template";
import { Cursor } from "./cursor";
import { ggufFacts } from "./gguf-facts";
import { ggufTensorType } from "./gguf-types";
import { type GgufValue, GgufValueReader } from "./gguf-values";
import { plainText } from "./plain-text";
import type { Reading } from "./reading";
import { Refusal } from "./refusal";
import type { InspectionFinding, ReadableFile } from "./types";

const MAX_KEYS = 65_536;
const MAX_TENSORS = 200_000;
const MAX_KEY_BYTES = 1_024;
const MAX_KEPT_STRING_BYTES = 512;
const MAX_TEMPLATE_BYTES = 1024 * 1024;
const TEMPLATE_KEY = /^tokenizer\.chat_template(\.|$)/;

/** Reads a GGUF header: metadata, and tensors whose ranges are checked against the file. Own reader, because libraries read ahead without a bound on memory or time. */
export async function readGguf(file: ReadableFile, budget: Budget): Promise<Reading> {
  const reader = new GgufValueReader(new Cursor(file, budget), 4);
  const version = await reader.uint32();
  if (version === 0x0300_0000 || version === 0x0200_0000) throw new Refusal("big_endian", "This GGUF file is for big-endian machines, which no runtime here is. Convert the model for little-endian.");
  if (version !== 2 && version !== 3) throw new Refusal("unknown_version", `This is GGUF version ${version}; versions 2 and 3 can be read. Convert the model again with a current llama.cpp.`);
  const tensorCount = await reader.uint64();
  const keyCount = await reader.uint64();
  if (keyCount > BigInt(MAX_KEYS) || tensorCount > BigInt(MAX_TENSORS)) throw new Refusal("too_complex", `The GGUF header claims ${keyCount} keys and ${tensorCount} tensors, more than any real model. Convert it again.`);

  const findings: InspectionFinding[] = [];
  const values = new Map<string, GgufValue>();
  for (let i = 0; i < Number(keyCount); i += 1) {
    budget.step();
    const key = await reader.string(MAX_KEY_BYTES);
    const isTemplate = TEMPLATE_KEY.test(key);
    const value = await reader.value(await reader.uint32(), isTemplate ? MAX_TEMPLATE_BYTES : MAX_KEPT_STRING_BYTES);
    if (values.has(key)) throw new Refusal("duplicate_keys", `The GGUF header names "${plainText(key)}" twice, so readers could disagree. Convert the model again.`);
    values.set(key, isTemplate ? true : value);
    if (isTemplate && typeof value === "string") findings.push(templateFinding(value, file.path));
  }
  const alignment = values.get("general.alignment") ?? 32;
  if (typeof alignment !== "number" || alignment < 8 || alignment > 65_536 || alignment % 8 !== 0) throw new Refusal("bad_alignment", "The GGUF header declares an impossible alignment. Convert the model again.");

  const { parameters, weightBytesByType } = await readTensors(reader, Number(tensorCount), alignment, file.sizeBytes);
  const template = findings.find((finding) => finding.severity === "danger") ?? findings[0];
  return {
    format: "gguf", path: file.path, signature: null, parameters, weightBytesByType,
    facts: { ggufVersion: version, tensors: Number(tensorCount), ...ggufFacts(values) },
    findings: template ? [template] : [],
    carriesCode: template?.severity === "danger",
  };
}

function templateFinding(value: string, path: string): InspectionFinding {
  if (value === "") return { severity: "danger", code: "template_code", path, message: "The chat template is empty or longer than any real one, so it was not read. Replace it with the template of the original model." };
  return checkChatTemplate(value, path);
}

async function readTensors(reader: GgufValueReader, count: number, alignment: number, fileBytes: number) {
  const weightBytesByType: Record<string, number> = {};
  const ranges: [number, number][] = [];
  const names = new Set<string>();
  let parameters = 0n;
  for (let i = 0; i < count; i += 1) {
    reader.cursor.budget.step();
    const name = await reader.string(256);
    if (names.has(name)) throw new Refusal("duplicate_keys", `The GGUF file names tensor "${plainText(name)}" twice. Convert the model again.`);
    names.add(name);
    const rank = await reader.uint32();
    if (rank > 8) throw new Refusal("bad_shape", `Tensor "${plainText(name)}" has ${rank} dimensions. Convert the model again.`);
    let elements = 1n;
    let rowLength = 1n;
    for (let d = 0; d < rank; d += 1) {
      const dim = await reader.uint64();
      if (d === 0) rowLength = dim;
      elements *= dim;
    }
    const code = await reader.uint32();
    const offset = await reader.uint64();
    const type = ggufTensorType(code);
    if (!type) throw new Refusal("unknown_datatype", `Tensor "${plainText(name)}" has type ${code}, which this reader does not know, so its size cannot be checked. Convert the model to a common quantisation.`);
    const block = BigInt(type.blockValues);
    if (rowLength % block !== 0n) throw new Refusal("bad_shape", `Tensor "${plainText(name)}" does not fill whole ${type.name} blocks. Convert the model again.`);
    const bytes = (elements / block) * BigInt(type.blockBytes);
    if (offset % BigInt(alignment) !== 0n) throw new Refusal("bad_alignment", `Tensor "${plainText(name)}" does not begin on a multiple of ${alignment}. Convert the model again.`);
    if (offset + bytes > BigInt(fileBytes)) throw new Refusal("truncated", `Tensor "${plainText(name)}" reaches beyond the end of the file. Upload the complete file.`);
    ranges.push([Number(offset), Number(bytes)]);
    parameters += elements;
    weightBytesByType[type.name] = (weightBytesByType[type.name] ?? 0) + Number(bytes);
  }
  const dataStart = Math.ceil(reader.offset / alignment) * alignment;
  checkRanges(ranges, count === 0 ? 0 : fileBytes - dataStart);
  return { parameters, weightBytesByType };
}

function checkRanges(ranges: [number, number][], dataBytes: number): void {
  let at = 0;
  for (const [offset, bytes] of ranges.sort((a, b) => a[0] - b[0])) {
    if (offset < at) throw new Refusal("overlap", "Two tensors of the GGUF file overlap. Convert the model again.");
    at = offset + bytes;
    if (at > dataBytes) throw new Refusal("truncated", "The GGUF file's tensors reach beyond its end. Upload the complete file.");
  }
}
