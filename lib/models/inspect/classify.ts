/** What a file is by its first bytes. Only `readers` of inspect-set decide whether it is a sound one. */
export type Kind =
  | "empty" | "onnx" | "safetensors" | "gguf" | "zip" | "tar" | "gzip" | "zlib" | "pickle" | "hdf5" | "native" | "script" | "lfs-pointer" | "html" | "text" | "binary";

export const HEAD_BYTES = 4_096;
const NATIVE_MAGIC = ["7f454c46", "4d5a", "cffaedfe", "cefaedfe", "feedface", "feedfacf", "cafebabe", "0061736d"];
/** Top-level fields of ModelProto and their wire types. */
const ONNX_FIELDS: Record<number, number> = { 1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2 };

/** Classifies by content alone. `head`: the first HEAD_BYTES of the file, or all of it. */
export function classify(head: Buffer, sizeBytes: number): Kind {
  if (sizeBytes === 0) return "empty";
  const starts = (hex: string) => head.subarray(0, hex.length / 2).toString("hex") === hex;
  if (starts("47475546")) return "gguf";
  if (["504b0304", "504b0506", "504b0708"].some(starts)) return "zip";
  if (starts("894844460d0a1a0a")) return "hdf5";
  if (starts("1f8b")) return "gzip";
  if (NATIVE_MAGIC.some(starts)) return "native";
  if (head.length > 8 && head[8] === 0x7b && head.readBigUInt64LE(0) < 2n ** 48n) return "safetensors";
  if (head.length >= 265 && head.toString("latin1", 257, 262) === "ustar") return "tar";
  if (head[0] === 0x80 && (head[1] ?? 255) <= 5) return "pickle";
  if (looksLikeOnnx(head)) return "onnx";
  if (isText(head)) {
    const text = head.toString("utf8").trimStart();
    if (text.startsWith("version https://git-lfs.github.com/spec/")) return "lfs-pointer";
    if (text.startsWith("#!")) return "script";
    return /^<(!doctype html|html)/i.test(text) ? "html" : "text";
  }
  if (head[0] === 0x78 && ((head[0] << 8) | (head[1] ?? 0)) % 31 === 0) return "zlib";
  return "binary";
}

/** ONNX has no magic: the first fields must be ModelProto's, with its wire types, and the first must be a plausible IR version or a graph. */
function looksLikeOnnx(head: Buffer): boolean {
  let at = 0;
  let seen = 0;
  while (at < head.length && seen < 12) {
    const tag = head[at] ?? 0;
    const [number, wireType, wide] = tag < 0x80 ? [tag >> 3, tag & 7, 1] : [((tag & 0x7f) | ((head[at + 1] ?? 0) << 7)) >> 3, tag & 7, 2];
    if (ONNX_FIELDS[number] !== wireType) return false;
    at += wide;
    const [value, after] = varint(head, at);
    if (value === null) return false;
    if (number === 1 && (value < 1 || value > 127)) return false;
    seen += 1;
    if (number === 7) return true;
    at = wireType === 2 ? after + value : after;
  }
  return seen >= 2 && at >= head.length;
}

function varint(head: Buffer, from: number): [number | null, number] {
  let value = 0;
  for (let i = 0; i < 10; i += 1) {
    const byte = head[from + i];
    if (byte === undefined) return [null, from];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value, from + i + 1];
  }
  return [null, from];
}

/** UTF-8 without control characters other than white space; a character cut by the end of the head is forgiven. */
function isText(head: Buffer): boolean {
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
