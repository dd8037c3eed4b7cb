import type { Budget } from "./budget";
import { Refusal } from "./refusal";
import { checkArchiveName } from "./slice";
import type { ReadableFile } from "./types";

export type TarEntry = { name: string; start: number; sizeBytes: number };
export type TarListing = { entries: TarEntry[]; complete: boolean };

const BLOCK = 512;
const MAX_ENTRIES = 50_000;
const MAX_EXTENDED_HEADER_BYTES = 64 * 1024;

/**
 * Lists a tar by its headers, seeking over the content: a stream reader would have to read all of it.
 * `isPrefix`: the file is only the beginning of the archive, so an entry cut off ends the listing instead of being refused.
 */
export async function listTar(file: ReadableFile, budget: Budget, isPrefix: boolean): Promise<TarListing> {
  const entries: TarEntry[] = [];
  const seen = new Map<string, string>();
  let longName: string | null = null;
  let offset = 0;
  for (;;) {
    budget.step();
    budget.checkTime();
    const header = await file.read(offset, BLOCK);
    if (header.length < BLOCK) return ended(entries, isPrefix || header.length === 0);
    if (header.every((byte) => byte === 0)) return { entries, complete: true };
    const sizeBytes = checkedSize(header);
    const type = String.fromCharCode(header[156] ?? 0);
    const start = offset + BLOCK;
    if (start + sizeBytes > file.sizeBytes) {
      if (isPrefix) return { entries, complete: false };
      throw new Refusal("truncated", "An entry reaches beyond the end of the tar archive. Upload the complete file.");
    }
    if (type === "L" || type === "x" || type === "g") {
      if (sizeBytes > MAX_EXTENDED_HEADER_BYTES) throw new Refusal("too_large_part", "A name in the tar archive is longer than any real one. Make the archive again.");
      const text = (await file.read(start, sizeBytes)).toString("utf8");
      if (type === "L") longName = text.replace(/\0.*$/s, "");
      else if (type === "x") longName = paxPath(text) ?? longName;
    } else {
      if (type === "1" || type === "2") throw new Refusal("link_entry", "The tar archive holds a link, which could lead outside its folder when unpacked. Pack the files themselves.");
      if (!["0", "\0", "5", "7"].includes(type)) throw new Refusal("special_entry", "The tar archive holds something that is neither file nor folder. Pack plain files.");
      const name = (longName ?? ownName(header)).replace(/^(\.\/)+/, "").replace(/\/+$/, "");
      longName = null;
      if (name !== "" && name !== ".") {
        checkArchiveName(name, seen, "tar archive");
        if (type !== "5") entries.push({ name, start, sizeBytes });
      }
      if (seen.size > MAX_ENTRIES) throw new Refusal("too_complex", `The tar archive holds more than ${MAX_ENTRIES} entries. Pack fewer files.`);
    }
    offset = start + Math.ceil(sizeBytes / BLOCK) * BLOCK;
  }
}

function ended(entries: TarEntry[], expected: boolean): TarListing {
  if (!expected) throw new Refusal("truncated", "The tar archive ends in the middle of a header. Upload the complete file.");
  return { entries, complete: false };
}

function checkedSize(header: Buffer): number {
  const field = header.toString("latin1", 148, 156).replace(/[\0 ]+$/, "").trim();
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i += 1) if (i < 148 || i >= 156) sum += header[i] ?? 0;
  if (!/^[0-7]+$/.test(field) || Number.parseInt(field, 8) !== sum) throw new Refusal("malformed_tar", "A header of the tar archive does not match its checksum. Make the archive again and upload the complete file.");
  // Sizes above 8 GB are written in binary, marked by the top bit.
  const size = (header[124] ?? 0) & 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(header.toString("latin1", 124, 136).replace(/[\0 ]+$/, "").trim() || "0", 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new Refusal("malformed_tar", "An entry of the tar archive has an impossible size. Make the archive again.");
  return size;
}

function ownName(header: Buffer): string {
  const text = (from: number, to: number) => header.toString("utf8", from, to).replace(/\0.*$/s, "");
  const prefix = header.toString("latin1", 257, 263) === "ustar\0" ? text(345, 500) : "";
  return prefix ? `${prefix}/${text(0, 100)}` : text(0, 100);
}

function paxPath(text: string): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? null;
}
