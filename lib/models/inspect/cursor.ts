import type { Budget } from "./budget";
import { Refusal } from "./refusal";
import type { ReadableFile } from "./types";

const SMALLEST_WINDOW = 4 * 1024;
const LARGEST_WINDOW = 256 * 1024;
/** The most that one `bytes()` call may hold in memory, whatever a file declares. */
export const MAX_SLICE_BYTES = 16 * 1024 * 1024;

/**
 * Reads a file through a small window: parsing is synchronous inside it, and awaits only at its edge.
 * The window grows while reading goes on in order and shrinks after a jump, so that skipping weights costs one small read each.
 * All offsets are bytes from the start of the file.
 */
export class Cursor {
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;
  private nextWindow = SMALLEST_WINDOW;

  constructor(
    readonly file: ReadableFile,
    readonly budget: Budget,
    readonly end: number = file.sizeBytes,
  ) {}

  /** True when `length` bytes at `offset`, or all that are left before the end, can be parsed without reading. */
  holds(offset: number, length: number): boolean {
    const until = Math.min(offset + length, this.end);
    return offset >= this.windowStart && until <= this.windowStart + this.window.length;
  }

  /** Makes `holds(offset, length)` true. Throws a Refusal when the file is shorter than it said. */
  async fill(offset: number, length: number): Promise<void> {
    if (this.holds(offset, length)) return;
    this.budget.checkTime();
    if (length > MAX_SLICE_BYTES) throw new Refusal("too_large_part", `A part of ${length} bytes is larger than anything a model file needs to declare in its header.`);
    const inOrder = offset >= this.windowStart && offset <= this.windowStart + this.window.length;
    this.nextWindow = inOrder ? Math.min(this.nextWindow * 2, LARGEST_WINDOW) : SMALLEST_WINDOW;
    const wanted = Math.min(Math.max(length, this.nextWindow), Math.max(0, this.end - offset));
    this.window = wanted === 0 ? Buffer.alloc(0) : await this.file.read(offset, wanted);
    this.windowStart = offset;
    if (this.window.length < wanted) throw new Refusal("truncated", "The file ends before its own header says it does. Upload it again.");
  }

  /** Bytes that `holds` promised; undefined past the end. */
  byte(offset: number): number | undefined {
    return offset < this.end ? this.window[offset - this.windowStart] : undefined;
  }

  /** A view on the window: copy it before the next `fill` if it is to be kept. Throws a Refusal past the end of the file. */
  async bytes(offset: number, length: number): Promise<Buffer> {
    if (length < 0 || offset + length > this.end) throw new Refusal("truncated", "The file ends before its own header says it does. Upload it again.");
    await this.fill(offset, length);
    return this.held(offset, length);
  }

  /** Synchronous `bytes`, for what `holds` promised. */
  held(offset: number, length: number): Buffer {
    const from = offset - this.windowStart;
    return this.window.subarray(from, from + length);
  }
}
