/**
 * How an argument is written after an opcode. A number is that many bytes; `line` ends in a newline; `text1|4|8` and `skip1|4|8` have a length of
 * 1, 4 or 8 bytes before them, where `text` is kept (it can name an import) and `skip` is not.
 */
export type Argument = number | "line" | "line2" | "text1" | "text4" | "text8" | "skip1" | "skip4" | "skip8";
/** What it does to the stack: values popped (or "mark": down to the last MARK) and whether it pushes one. */
export type Opcode = { name: string; argument: Argument; pops: number | "mark"; pushes: boolean };

const table = new Map<number, Opcode>();
function add(code: number | string, name: string, argument: Argument, pops: number | "mark", pushes: boolean): void {
  table.set(typeof code === "string" ? code.charCodeAt(0) : code, { name, argument, pops, pushes });
}

// The opcodes of pickle protocols 0 to 5, after Python's pickletools. EXT1-4 (82-84) are left out on purpose: they name code by number, which nothing in the file resolves.
add("(", "MARK", 0, 0, true); add(".", "STOP", 0, 1, false); add("0", "POP", 0, 1, false); add("1", "POP_MARK", 0, "mark", false);
add("2", "DUP", 0, 0, true); add("F", "FLOAT", "line", 0, true); add("I", "INT", "line", 0, true); add("J", "BININT", 4, 0, true);
add("K", "BININT1", 1, 0, true); add("L", "LONG", "line", 0, true); add("M", "BININT2", 2, 0, true); add("N", "NONE", 0, 0, true);
add("P", "PERSID", "line", 0, true); add("Q", "BINPERSID", 0, 1, true); add("R", "REDUCE", 0, 2, true); add("S", "STRING", "line", 0, true);
add("T", "BINSTRING", "text4", 0, true); add("U", "SHORT_BINSTRING", "text1", 0, true); add("V", "UNICODE", "line", 0, true);
add("X", "BINUNICODE", "text4", 0, true); add("a", "APPEND", 0, 2, true); add("b", "BUILD", 0, 2, true); add("c", "GLOBAL", "line2", 0, true);
add("d", "DICT", 0, "mark", true); add("}", "EMPTY_DICT", 0, 0, true); add("e", "APPENDS", 0, "mark", false); add("g", "GET", "line", 0, true);
add("h", "BINGET", 1, 0, true); add("i", "INST", "line2", "mark", true); add("j", "LONG_BINGET", 4, 0, true); add("l", "LIST", 0, "mark", true);
add("]", "EMPTY_LIST", 0, 0, true); add("o", "OBJ", 0, "mark", true); add("p", "PUT", "line", 0, false); add("q", "BINPUT", 1, 0, false);
add("r", "LONG_BINPUT", 4, 0, false); add("s", "SETITEM", 0, 3, true); add("t", "TUPLE", 0, "mark", true); add(")", "EMPTY_TUPLE", 0, 0, true);
add("u", "SETITEMS", 0, "mark", false); add("G", "BINFLOAT", 8, 0, true); add("B", "BINBYTES", "skip4", 0, true); add("C", "SHORT_BINBYTES", "skip1", 0, true);
add(0x80, "PROTO", 1, 0, false); add(0x81, "NEWOBJ", 0, 2, true); add(0x85, "TUPLE1", 0, 1, true); add(0x86, "TUPLE2", 0, 2, true);
add(0x87, "TUPLE3", 0, 3, true); add(0x88, "NEWTRUE", 0, 0, true); add(0x89, "NEWFALSE", 0, 0, true); add(0x8a, "LONG1", "skip1", 0, true);
add(0x8b, "LONG4", "skip4", 0, true); add(0x8c, "SHORT_BINUNICODE", "text1", 0, true); add(0x8d, "BINUNICODE8", "text8", 0, true);
add(0x8e, "BINBYTES8", "skip8", 0, true); add(0x8f, "EMPTY_SET", 0, 0, true); add(0x90, "ADDITEMS", 0, "mark", false);
add(0x91, "FROZENSET", 0, "mark", true); add(0x92, "NEWOBJ_EX", 0, 3, true); add(0x93, "STACK_GLOBAL", 0, 2, true); add(0x94, "MEMOIZE", 0, 0, false);
add(0x95, "FRAME", 8, 0, false); add(0x96, "BYTEARRAY8", "skip8", 0, true); add(0x98, "READONLY_BUFFER", 0, 1, true);

export function pickleOpcode(code: number): Opcode | undefined {
  return table.get(code);
}
