import type { Cursor } from "./cursor";
import { Refusal } from "./refusal";

/** Sizes of the fixed-width value types of GGUF, by code. */
const FIXED_SIZES: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const STRING = 8;
const ARRAY = 9;
const MAX_STRING_BYTES = 8 * 1024 * 1024;
const MAX_ARRAY_DEPTH = 4;

export type GgufValue = string | number | bigint | boolean | { arrayOf: number; length: number; values: number[] | null };

/** Reads the values of a GGUF header in order. Strings and arrays that nobody asks for are skipped by seeking, not held. */
export class GgufValueReader {
  constructor(
    readonly cursor: Cursor,
    public offset: number,
  ) {}

  async uint32(): Promise<number> {
    return (await this.take(4)).readUInt32LE(0);
  }

  async uint64(): Promise<bigint> {
    return (await this.take(8)).readBigUInt64LE(0);
  }

  async string(maxBytes: number): Promise<string> {
    const length = await this.length("text");
    if (length > maxBytes) throw new Refusal("too_long_name", `A name in the GGUF header is ${length} bytes long; at most ${maxBytes} are read. Convert the model again.`);
    return (await this.take(length)).toString("utf8");
  }

  /** Reads a value of the given type; strings above `keepBytes` become "". */
  async value(type: number, keepBytes: number): Promise<GgufValue> {
    const size = FIXED_SIZES[type];
    if (size !== undefined) return decode(type, await this.take(size));
    if (type === STRING) {
      const length = await this.length("text");
      if (length > keepBytes) return this.skip(length), "";
      return (await this.take(length)).toString("utf8");
    }
    if (type === ARRAY) return this.array(0);
    throw new Refusal("unknown_value_type", `The GGUF header has a value of type ${type}, which the format does not define. Convert the model again.`);
  }

  private async array(depth: number): Promise<GgufValue> {
    if (depth > MAX_ARRAY_DEPTH) throw new Refusal("too_deep", "The GGUF header nests lists too deep to be real. Convert the model again.");
    const arrayOf = await this.uint32();
    const count = await this.uint64();
    const size = FIXED_SIZES[arrayOf];
    // Every element takes at least its own bytes (a string or list: 8 of length), so a count can be held against the file's size first.
    const least = size ?? 8;
    if (count * BigInt(least) > BigInt(this.cursor.end - this.offset)) throw new Refusal("truncated", `A list in the GGUF header claims ${count} elements, more than the file can hold. Upload the complete file.`);
    const length = Number(count);
    if (size !== undefined) {
      const values = length <= 1_024 ? await this.numbers(arrayOf, size, length) : (this.skip(length * size), null);
      return { arrayOf, length, values };
    }
    for (let i = 0; i < length; i += 1) {
      this.cursor.budget.step();
      if (arrayOf === STRING) {
        if (!this.cursor.holds(this.offset, 8)) await this.cursor.fill(this.offset, 8);
        this.skip(8 + this.checked(this.cursor.held(this.offset, 8)));
      } else if (arrayOf === ARRAY) await this.array(depth + 1);
      else throw new Refusal("unknown_value_type", `A list in the GGUF header has elements of type ${arrayOf}, which the format does not define. Convert the model again.`);
    }
    return { arrayOf, length, values: null };
  }

  private async numbers(type: number, size: number, length: number): Promise<number[]> {
    const bytes = await this.take(length * size);
    return Array.from({ length }, (_, i) => Number(decode(type, bytes.subarray(i * size, (i + 1) * size))));
  }

  private async length(what: string): Promise<number> {
    const bytes = await this.take(8);
    const length = this.checked(bytes);
    if (length > MAX_STRING_BYTES) throw new Refusal("too_large_part", `A ${what} in the GGUF header is ${length} bytes long, more than any real one. Convert the model again.`);
    return length;
  }

  private checked(bytes: Buffer): number {
    if (bytes.length < 8) throw new Refusal("truncated", "The GGUF header ends in the middle of a length. Upload the complete file.");
    const length = bytes.readBigUInt64LE(0);
    if (length > BigInt(this.cursor.end - this.offset)) throw new Refusal("truncated", "A text in the GGUF header claims more bytes than the file has. Upload the complete file.");
    return Number(length);
  }

  private skip(length: number): void {
    this.offset += length;
    if (this.offset > this.cursor.end) throw new Refusal("truncated", "The GGUF header is longer than the file. Upload the complete file.");
  }

  private async take(length: number): Promise<Buffer> {
    const bytes = await this.cursor.bytes(this.offset, length);
    this.offset += length;
    return bytes;
  }
}

function decode(type: number, bytes: Buffer): number | bigint | boolean {
  switch (type) {
    case 0:
      return bytes.readUInt8(0);
    case 1:
      return bytes.readInt8(0);
    case 2:
      return bytes.readUInt16LE(0);
    case 3:
      return bytes.readInt16LE(0);
    case 4:
      return bytes.readUInt32LE(0);
    case 5:
      return bytes.readInt32LE(0);
    case 6:
      return bytes.readFloatLE(0);
    case 7:
      return bytes.readUInt8(0) !== 0;
    case 10:
      return bytes.readBigUInt64LE(0);
    case 11:
      return bytes.readBigInt64LE(0);
    default:
      return bytes.readDoubleLE(0);
  }
}
