import type { Datatype, DatatypeInfo } from "./datatypes";
import { toHalf } from "./half";
import { badRequest } from "./request-error";
import type { TensorData } from "./session-messages";

export type TensorType = { label: string; datatype: Datatype; info: DatatypeInfo; shape: number[]; count: number };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Flat or nested arrays of a request's JSON to the runtime's array. `null` stands for NaN in floating-point tensors. */
export function decodeJsonTensor(data: unknown, type: TensorType): TensorData {
  if (!Array.isArray(data)) throw badRequest(`Input ${type.label}: data must be an array of ${type.count} elements.`);
  const flat = Array.isArray(data[0]) ? flatten(data, type) : (data as unknown[]);
  if (flat.length !== type.count) {
    throw badRequest(`Input ${type.label}: shape [${type.shape.join(", ")}] needs ${type.count} elements, but data has ${flat.length}.`);
  }
  const { info, count } = type;
  if (info.array === null) return flat.map((v, i) => (typeof v === "string" ? v : refuse(type, i, v, "a string")));
  const out = new info.array(count);
  if (info.kind === "bigint") {
    const big = out as BigInt64Array | BigUint64Array;
    for (let i = 0; i < count; i++) big[i] = toBigInt(flat[i], i, type);
    return big;
  }
  const numbers = out as Exclude<TensorData, string[] | BigInt64Array | BigUint64Array>;
  const convert = { bool: toBool, int: toInt, half: toHalfBits, float: toFloat }[info.kind as "bool" | "int" | "half" | "float"];
  for (let i = 0; i < count; i++) numbers[i] = convert(flat[i], i, type);
  return numbers;
}

/** Raw little-endian elements; for BYTES, each element is a 4-byte length and UTF-8 text. */
export function decodeBinaryTensor(bytes: Buffer, type: TensorType): TensorData {
  if (type.info.array === null) return decodeStrings(bytes, type);
  const expected = type.count * type.info.array.BYTES_PER_ELEMENT;
  if (bytes.length !== expected) {
    throw badRequest(`Input ${type.label}: ${type.datatype} of shape [${type.shape.join(", ")}] needs ${expected} bytes, but binary_data_size is ${bytes.length}.`);
  }
  const own = new ArrayBuffer(expected);
  new Uint8Array(own).set(bytes);
  const data = new type.info.array(own);
  if (type.info.kind === "bool" && (data as Uint8Array).some((v) => v > 1)) throw badRequest(`Input ${type.label}: BOOL bytes must be 0 or 1.`);
  return data;
}

function decodeStrings(bytes: Buffer, type: TensorType): string[] {
  const out: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length || at + 4 + bytes.readUInt32LE(at) > bytes.length) {
      throw badRequest(`Input ${type.label}: the BYTES element ${out.length} is longer than the data.`);
    }
    const end = at + 4 + bytes.readUInt32LE(at);
    try {
      out.push(utf8.decode(bytes.subarray(at + 4, end)));
    } catch {
      throw badRequest(`Input ${type.label}: the BYTES element ${out.length} is not UTF-8; ONNX strings are text.`);
    }
    at = end;
  }
  if (out.length !== type.count) throw badRequest(`Input ${type.label}: shape [${type.shape.join(", ")}] needs ${type.count} elements, but the binary data has ${out.length}.`);
  return out;
}

function flatten(data: unknown[], type: TensorType): unknown[] {
  const out: unknown[] = [];
  const walk = (level: unknown, depth: number) => {
    if (depth === type.shape.length) return void out.push(level);
    if (!Array.isArray(level) || level.length !== type.shape[depth]) {
      throw badRequest(`Input ${type.label}: the nested data does not have the shape [${type.shape.join(", ")}].`);
    }
    for (const item of level) walk(item, depth + 1);
  };
  walk(data, 0);
  return out;
}

function refuse(type: TensorType, index: number, value: unknown, expected: string): never {
  const shown = typeof value === "bigint" ? String(value) : JSON.stringify(value) ?? "nothing";
  throw badRequest(`Input ${type.label}: element ${index} is ${shown.slice(0, 60)}, where ${type.datatype} needs ${expected}.`);
}

function toBool(v: unknown, i: number, type: TensorType): number {
  if (v === true || v === 1) return 1;
  if (v === false || v === 0) return 0;
  return refuse(type, i, v, "true or false");
}

function toInt(v: unknown, i: number, type: TensorType): number {
  if (typeof v !== "number" || !Number.isInteger(v) || v < Number(type.info.min) || v > Number(type.info.max)) {
    return refuse(type, i, v, `an integer from ${type.info.min} to ${type.info.max}`);
  }
  return v;
}

function toBigInt(v: unknown, i: number, type: TensorType): bigint {
  const big = typeof v === "bigint" ? v : typeof v === "number" && Number.isInteger(v) ? BigInt(v) : null;
  if (big === null || big < (type.info.min ?? 0n) || big > (type.info.max ?? 0n)) {
    return refuse(type, i, v, `an integer from ${type.info.min} to ${type.info.max}`);
  }
  return big;
}

function toFloat(v: unknown, i: number, type: TensorType): number {
  if (v === null) return NaN;
  const n = typeof v === "bigint" ? Number(v) : v;
  if (typeof n !== "number" || (type.datatype === "FP32" && !Number.isFinite(Math.fround(n)))) return refuse(type, i, v, "a number in its range, or null for NaN");
  return n;
}

function toHalfBits(v: unknown, i: number, type: TensorType): number {
  if (v === null) return toHalf(NaN);
  if (typeof v !== "number" || Math.abs(v) >= 65520) return refuse(type, i, v, "a number from -65504 to 65504, or null for NaN");
  return toHalf(v);
}
