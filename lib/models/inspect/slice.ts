import { Refusal } from "./refusal";
import type { ReadableFile } from "./types";

/** A part of a file as a file of its own, read in place. */
export function sliceOf(file: ReadableFile, path: string, start: number, length: number): ReadableFile {
  return { path, sizeBytes: length, read: (offset, wanted) => file.read(start + offset, Math.max(0, Math.min(wanted, length - offset))) };
}

/** Bytes already in memory as a file. */
export function bufferFile(path: string, bytes: Uint8Array): ReadableFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { path, sizeBytes: buffer.length, read: async (offset, length) => buffer.subarray(Math.min(offset, buffer.length), Math.min(offset + length, buffer.length)) };
}

/** Why a path inside an archive could leave the folder it is unpacked in, or mean two things; null when it is plain. */
export function whyUnsafePath(name: string): string | null {
  if (name === "" || name.length > 1_024) return "is empty or too long";
  if (/[\u0000-\u001f\u007f]/.test(name)) return "contains control characters";
  if (name.includes("\\")) return "contains a backslash";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "is absolute";
  if (name.split("/").includes("..")) return "climbs out of its folder";
  return null;
}

/** Refuses names that lead outside, and names that are equal or differ only by case: two programs would open two different files. */
export function checkArchiveName(name: string, seen: Map<string, string>, what: string): void {
  const why = whyUnsafePath(name);
  if (why) throw new Refusal("unsafe_path", `The ${what} holds an entry whose name ${why}. Make the archive again from a plain folder.`);
  const folded = name.normalize("NFC").toLowerCase();
  const other = seen.get(folded);
  if (other !== undefined) {
    throw new Refusal("duplicate_names", `The ${what} holds two entries with ${other === name ? "the same name" : "names that differ only by case"}, so programs could open different ones. Make the archive again.`);
  }
  seen.set(folded, name);
}
