import type { Cursor } from "./cursor";
import { type Opcode, pickleOpcode } from "./pickle-opcodes";
import { Refusal } from "./refusal";

export type PickleWalk = {
  /** `module name` pairs in order of first use. */
  imports: [module: string, name: string][];
  /** Offset behind STOP; null when the walk could not get there. */
  end: number | null;
  /** Calls, object constructions and state settings: what makes a pickle more than text. */
  calls: number;
  /** Why the walk stopped early. `unverifiable`: legitimate writers do this too, but what follows was not checked. */
  problem: { code: string; message: string; unverifiable: boolean } | null;
};

const MARK = Symbol("mark");
type Slot = string | null | typeof MARK;
const MAX_STACK = 1_000_000;
const MAX_MEMO = 300_000;
const MAX_IMPORTS = 10_000;
const MAX_LINE_BYTES = 64 * 1024;
const MAX_KEPT_TEXT = 256;
const MAX_LONGEST_IMPORT = 1_024;
const CALLS = new Set(["REDUCE", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "BUILD"]);

class Stop extends Error {
  constructor(readonly code: string, message: string, readonly unverifiable = false) {
    super(message);
  }
}

/** Walks one pickle from `start` without running it, tracking just enough of the stack to name every import. Never throws on content; a Refusal can still come from the budget. */
export async function walkPickle(cursor: Cursor, start: number): Promise<PickleWalk> {
  const state = new Walk(cursor, start);
  try {
    while (!state.done) {
      const pending = state.next();
      if (pending) await pending;
    }
    return { imports: state.imports, end: state.offset, calls: state.calls, problem: null };
  } catch (error) {
    if (error instanceof Stop) return { imports: state.imports, end: null, calls: state.calls, problem: { code: error.code, message: error.message, unverifiable: error.unverifiable } };
    if (error instanceof Refusal && error.code === "truncated") {
      return { imports: state.imports, end: null, calls: state.calls, problem: { code: "truncated", message: "The pickle ends in the middle of an instruction. Upload the complete file.", unverifiable: false } };
    }
    throw error;
  }
}

class Walk {
  done = false;
  calls = 0;
  readonly imports: [string, string][] = [];
  private readonly seen = new Set<string>();
  private readonly stack: Slot[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, string>();
  private memoized = 0;

  constructor(private readonly cursor: Cursor, public offset: number) {}

  /** One opcode. Synchronous while the window holds it and its argument. */
  next(): Promise<void> | void {
    if (!this.cursor.holds(this.offset, 600)) return this.cursor.fill(this.offset, 600);
    this.cursor.budget.step();
    const code = this.cursor.byte(this.offset);
    if (code === undefined) throw new Stop("truncated", "The pickle ends without a STOP instruction. Upload the complete file.");
    const opcode = pickleOpcode(code);
    if (!opcode) throw new Stop("unknown_opcode", `The pickle holds the instruction 0x${code.toString(16)} at byte ${this.offset}, which no checked version of the format has, so it cannot be read. Save the model as ONNX or safetensors.`);
    this.offset += 1;
    if (opcode.argument === "line" || opcode.argument === "line2") return this.lines(opcode);
    if (typeof opcode.argument === "number") {
      const bytes = opcode.argument === 0 ? null : this.take(opcode.argument);
      const key = bytes === null || bytes.length > 4 ? 0 : bytes.readUIntLE(0, bytes.length);
      return this.apply(opcode, null, key);
    }
    return this.sized(opcode);
  }

  private take(length: number): Buffer {
    if (this.offset + length > this.cursor.end) throw new Stop("truncated", "The pickle ends in the middle of an instruction. Upload the complete file.");
    const bytes = this.cursor.held(this.offset, length);
    this.offset += length;
    return bytes;
  }

  private sized(opcode: Opcode): void {
    const width = Number(String(opcode.argument).at(-1));
    const prefix = this.take(width);
    const length = width === 8 ? prefix.readBigUInt64LE(0) : BigInt(prefix.readUIntLE(0, width));
    if (length > BigInt(this.cursor.end - this.offset)) throw new Stop("truncated", "The pickle declares more bytes than the file has. Upload the complete file.");
    const size = Number(length);
    const isText = String(opcode.argument).startsWith("text");
    const text = isText && size <= MAX_KEPT_TEXT ? this.cursor.held(this.offset, size).toString("utf8") : null;
    this.offset += size;
    this.apply(opcode, text, 0);
  }

  private async lines(opcode: Opcode): Promise<void> {
    const first = await this.line();
    if (opcode.argument === "line2") {
      this.recordImport(first, await this.line());
      return this.apply(opcode, null, 0);
    }
    const key = opcode.name === "GET" || opcode.name === "PUT" ? Number(first) : 0;
    if (!Number.isSafeInteger(key) || key < 0) throw new Stop("malformed_pickle", "The pickle uses an impossible memo key. Save the model again.");
    const text = opcode.name === "STRING" ? first.replace(/^(['"])(.*)\1$/s, "$2") : opcode.name === "UNICODE" ? first : null;
    this.apply(opcode, text !== null && text.length <= MAX_KEPT_TEXT ? text : null, key);
  }

  private async line(): Promise<string> {
    let length = this.cursor.holds(this.offset, 300) ? this.cursor.held(this.offset, 300).indexOf(0x0a) : -1;
    if (length < 0) {
      await this.cursor.fill(this.offset, MAX_LINE_BYTES);
      length = this.cursor.held(this.offset, MAX_LINE_BYTES).indexOf(0x0a);
    }
    if (length < 0) throw new Stop("truncated", "A line of the pickle does not end. Upload the complete file.");
    const text = this.cursor.held(this.offset, length).toString("utf8");
    this.offset += length + 1;
    return text;
  }

  private apply(opcode: Opcode, text: string | null, key: number): void {
    if (CALLS.has(opcode.name)) this.calls += 1;
    switch (opcode.name) {
      case "MARK":
        this.marks.push(this.stack.length);
        return this.push(MARK);
      case "DUP":
        return this.push(this.top());
      case "GET": case "BINGET": case "LONG_BINGET":
        return this.push(this.memo.get(key) ?? null);
      case "PUT": case "BINPUT": case "LONG_BINPUT":
        return this.remember(key);
      case "MEMOIZE":
        return this.remember(this.memoized);
      case "STACK_GLOBAL": {
        const name = this.pop();
        const module = this.pop();
        if (typeof name !== "string" || typeof module !== "string") throw new Stop("unresolved_import", "The pickle imports something whose name cannot be read from the file, a way to hide code. Save the model as ONNX or safetensors.");
        this.recordImport(module, name);
        return this.push(null);
      }
    }
    if (opcode.pops === "mark") {
      const mark = this.marks.pop();
      if (mark === undefined) throw new Stop("malformed_pickle", "The pickle takes more values than it made. Save the model again.");
      this.stack.length = mark;
    } else for (let i = 0; i < opcode.pops; i += 1) this.pop();
    if (opcode.name === "STOP") this.done = true;
    if (opcode.pushes) this.push(text);
  }

  private push(slot: Slot): void {
    if (this.stack.length >= MAX_STACK) throw new Stop("cannot_be_verified", "The pickle holds more values at once than are followed, so the rest of it was not checked.", true);
    this.stack.push(slot);
  }

  private pop(): Slot {
    if (this.stack.length === 0) throw new Stop("malformed_pickle", "The pickle takes more values than it made. Save the model again.");
    const slot = this.stack.pop() as Slot;
    if (slot === MARK) this.marks.pop();
    return slot;
  }

  private top(): Slot {
    return this.stack.at(-1) ?? null;
  }

  private remember(key: number): void {
    this.memoized += 1;
    const slot = this.top();
    if (typeof slot !== "string") return void this.memo.delete(key);
    this.memo.set(key, slot);
    if (this.memo.size > MAX_MEMO) throw new Stop("cannot_be_verified", "The pickle remembers more texts than are followed, so the rest of it was not checked.", true);
  }

  private recordImport(module: string, name: string): void {
    if (module.length + name.length > MAX_LONGEST_IMPORT) throw new Stop("malformed_pickle", "The pickle imports a name longer than any that exists. Save the model again.");
    const full = `${module} ${name}`;
    if (this.seen.has(full)) return;
    if (this.imports.length >= MAX_IMPORTS) throw new Stop("cannot_be_verified", "The pickle imports more names than are followed, so the rest of it was not checked.", true);
    this.seen.add(full);
    this.imports.push([module, name]);
  }
}
