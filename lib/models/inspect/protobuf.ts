import type { Cursor } from "./cursor";
import { Refusal } from "./refusal";

/** One field of a protobuf message. `start` and `length` are where its payload lies in the file (length-delimited fields only). */
export type Field = { number: number; wireType: 0 | 1 | 2 | 5; value: bigint; start: number; length: number };

const LONGEST_VARINT = 10;
const malformed = (what: string) => new Refusal("malformed_protobuf", `The file is not a valid ONNX model: ${what}. Export it again, and check that the upload is the whole file.`);

/** Reads a varint that the cursor holds. Returns the value (64 bits) and the offset behind it. */
export function readVarint(cursor: Cursor, offset: number, end: number): [bigint, number] {
  let low = 0;
  let value = 0n;
  for (let i = 0; i < LONGEST_VARINT; i += 1) {
    const byte = offset + i < end ? cursor.byte(offset + i) : undefined;
    if (byte === undefined) throw malformed("it ends in the middle of a number");
    if (i < 4) low |= (byte & 0x7f) << (7 * i);
    else value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return [BigInt.asUintN(64, value | BigInt(low)), offset + i + 1];
  }
  throw malformed("a number is longer than ten bytes");
}

/** As the signed 64-bit integer that protobuf's int64 means. */
export const asInt64 = (value: bigint): bigint => BigInt.asIntN(64, value);

/**
 * Calls `onField` for every field of the message between `start` and `end`, seeking over payloads: what `onField` does not read is never read.
 * Groups (deprecated before ONNX existed) and unknown wire types are refused, so a message is either understood to its last byte or not at all.
 */
export async function walkMessage(cursor: Cursor, start: number, end: number, onField: (field: Field) => void | Promise<void>): Promise<void> {
  let offset = start;
  while (offset < end) {
    cursor.budget.step();
    if (!cursor.holds(offset, 2 * LONGEST_VARINT)) await cursor.fill(offset, 2 * LONGEST_VARINT);
    const [tag, afterTag] = readVarint(cursor, offset, end);
    const number = Number(tag >> 3n);
    const wireType = Number(tag & 7n);
    if (number < 1 || number > 536_870_911) throw malformed("a field has an impossible number");
    let field: Field;
    if (wireType === 0) {
      const [value, after] = readVarint(cursor, afterTag, end);
      field = { number, wireType, value, start: afterTag, length: 0 };
      offset = after;
    } else if (wireType === 1 || wireType === 5) {
      const size = wireType === 1 ? 8 : 4;
      field = { number, wireType, value: 0n, start: afterTag, length: size };
      offset = afterTag + size;
    } else if (wireType === 2) {
      const [length, after] = readVarint(cursor, afterTag, end);
      if (length > BigInt(end - after)) throw malformed("a part claims to be longer than what contains it");
      field = { number, wireType, value: 0n, start: after, length: Number(length) };
      offset = after + field.length;
    } else {
      throw malformed("it uses an encoding that ONNX never uses");
    }
    if (offset > end) throw malformed("it ends in the middle of a field");
    const pending = onField(field);
    if (pending) await pending;
  }
}

/** The text of a length-delimited field; refused above `maxBytes`, so that no name can fill memory. */
export async function readText(cursor: Cursor, field: Field, maxBytes: number): Promise<string> {
  if (field.wireType !== 2) throw malformed("a name is not text");
  if (field.length > maxBytes) throw new Refusal("too_long_name", `A name in the model is ${field.length} bytes long; at most ${maxBytes} are read. Export the model with shorter names.`);
  return (await cursor.bytes(field.start, field.length)).toString("utf8");
}

/** Reads a repeated integer field in either encoding (packed or one by one). */
export async function readInts(cursor: Cursor, field: Field, into: bigint[], maxCount: number): Promise<void> {
  if (field.wireType === 0) into.push(asInt64(field.value));
  else if (field.wireType === 2) {
    const end = field.start + field.length;
    let offset = field.start;
    while (offset < end) {
      cursor.budget.step();
      if (!cursor.holds(offset, LONGEST_VARINT)) await cursor.fill(offset, LONGEST_VARINT);
      const [value, after] = readVarint(cursor, offset, end);
      into.push(asInt64(value));
      offset = after;
      if (into.length > maxCount) break;
    }
  } else throw malformed("a list of integers is not one");
  if (into.length > maxCount) throw malformed(`a shape has more than ${maxCount} dimensions`);
}
