import type { Cursor } from "./cursor";
import { onnxElementType } from "./onnx-types";
import { plainText } from "./plain-text";
import { type Field, readInts, readText, walkMessage } from "./protobuf";
import { Refusal } from "./refusal";

/** What a TensorProto says about itself. Its bytes stay unread. */
export type OnnxTensor = {
  name: string;
  native: string;
  elements: bigint;
  rank: number;
  /** As declared: elements × bits, in whole bytes; for strings the bytes in the file. */
  sizeBytes: bigint;
  external: { location: string; offset: string; length: string } | null;
};

const MAX_NAME_BYTES = 4096;
const MAX_RANK = 64;
const MAX_EXTERNAL_ENTRIES = 64;
const TYPED_DATA_FIELDS = new Set([4, 5, 6, 7, 10, 11]);

/** Reads one TensorProto. Refuses shapes that cannot be, and inline data whose size is not what shape and type say. */
export async function readTensor(cursor: Cursor, message: Field): Promise<OnnxTensor> {
  let name = "";
  let typeCode = 0;
  let rawBytes: number | null = null;
  let typedBytes = 0;
  let markedExternal = false;
  const dims: bigint[] = [];
  const entries: [string, string][] = [];

  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    switch (field.number) {
      case 1:
        return readInts(cursor, field, dims, MAX_RANK);
      case 2:
        typeCode = Number(field.value);
        return;
      case 8:
        return readText(cursor, field, MAX_NAME_BYTES).then((text) => void (name = text));
      case 9:
        rawBytes = field.length;
        return;
      case 13:
        if (entries.length >= MAX_EXTERNAL_ENTRIES) throw new Refusal("external_data", "A tensor lists more external data entries than any exporter writes.");
        return readEntry(cursor, field).then((pair) => void entries.push(pair));
      case 14:
        markedExternal = field.value === 1n;
        return;
      default:
        if (TYPED_DATA_FIELDS.has(field.number)) typedBytes += Math.max(field.length, 1);
    }
  });

  const type = onnxElementType(typeCode);
  const label = plainText(name || "(without a name)");
  if (!type) throw new Refusal("unknown_datatype", `Tensor "${label}" has datatype ${typeCode}, which ONNX does not define. Export the model again.`);
  if (dims.some((dim) => dim < 0n)) throw new Refusal("bad_shape", `Tensor "${label}" has a negative dimension. Export the model again.`);
  const elements = dims.reduce((product, dim) => product * dim, 1n);
  const sizeBytes = type.bits === null ? BigInt(typedBytes) : (elements * BigInt(type.bits) + 7n) / 8n;

  if (markedExternal || entries.length > 0) {
    const last = (key: string) => entries.findLast(([k]) => k === key)?.[1] ?? "";
    const locations = new Set(entries.filter(([key]) => key === "location").map(([, value]) => value));
    if (locations.size > 1) throw new Refusal("external_data", `Tensor "${label}" names two external files at once, so readers could disagree on which one it means. Save the model again.`);
    return { name, native: type.native, elements, rank: dims.length, sizeBytes, external: { location: last("location"), offset: last("offset"), length: last("length") } };
  }
  if (rawBytes !== null && type.bits !== null && BigInt(rawBytes) !== sizeBytes) {
    throw new Refusal("size_mismatch", `Tensor "${label}" should hold ${sizeBytes} bytes by its shape and type, but holds ${rawBytes}. Export the model again.`);
  }
  // Every typed value takes at least one byte, so a shape can never claim more values than there are bytes (4-bit types pack two, 2-bit four).
  const perByte = type.bits !== null && type.bits < 8 ? BigInt(8 / type.bits) : 1n;
  if (rawBytes === null && elements > BigInt(typedBytes) * perByte) {
    throw new Refusal("size_mismatch", `Tensor "${label}" claims ${elements} values but the file holds ${typedBytes} bytes for it. Export the model again.`);
  }
  return { name, native: type.native, elements, rank: dims.length, sizeBytes, external: null };
}

async function readEntry(cursor: Cursor, message: Field): Promise<[string, string]> {
  let key = "";
  let value = "";
  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    if (field.number === 1) return readText(cursor, field, MAX_NAME_BYTES).then((text) => void (key = text));
    if (field.number === 2) return readText(cursor, field, MAX_NAME_BYTES).then((text) => void (value = text));
  });
  return [key, value];
}
