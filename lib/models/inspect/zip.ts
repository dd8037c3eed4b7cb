import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { fromRandomAccessReaderPromise, type LocalFileHeader, RandomAccessReader } from "yauzl";
import type { Budget } from "./budget";
import { Refusal } from "./refusal";
import { bufferFile, checkArchiveName, sliceOf } from "./slice";
import type { ReadableFile } from "./types";

export type ZipEntry = { name: string; method: 0 | 8; compressedBytes: number; sizeBytes: number; crc: number; start: number; dataStart: number };

const MAX_ENTRIES = 20_000;
const MAX_RATIO = 200;
const RATIO_APPLIES_ABOVE_BYTES = 1024 * 1024;
/** Room that a data descriptor may take between two entries; more could hide content. */
const MAX_GAP_BYTES = 64;
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const inflate = promisify(inflateRaw) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

class FileReader extends RandomAccessReader {
  constructor(private readonly file: ReadableFile, private readonly budget: Budget) {
    super();
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (err: Error | null) => void): void {
    const done = async () => {
      this.budget.checkTime();
      const bytes = await this.file.read(position, length);
      if (bytes.length < length) throw new Refusal("truncated", "The zip archive ends before its own directory says it does. Upload the complete file.");
      bytes.copy(buffer, offset);
    };
    done().then(() => callback(null), callback);
  }

  override close(callback: (err: Error | null) => void): void {
    callback(null);
  }
}

/**
 * Lists a zip archive's entries from its central directory and holds each against its local header, so that no reader can see another archive than this one did.
 * Throws a Refusal for bombs, encryption, unsafe or doubled names, hidden bytes, and directories that disagree.
 */
export async function listZip(file: ReadableFile, budget: Budget): Promise<ZipEntry[]> {
  try {
    const zip = await fromRandomAccessReaderPromise(new FileReader(file, budget), file.sizeBytes, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > MAX_ENTRIES) throw new Refusal("too_complex", `The archive declares ${zip.entryCount} entries; at most ${MAX_ENTRIES} are read. Pack fewer files.`);
    const entries: ZipEntry[] = [];
    const seen = new Map<string, string>();
    for await (const entry of zip.eachEntry()) {
      budget.step();
      const nameBytes = entry.fileName as unknown as Buffer;
      const name = nameBytes.toString("utf8");
      checkArchiveName(name, seen, "zip archive");
      const header = await zip.readLocalFileHeaderPromise(entry);
      checkHeaders(entry, nameBytes, header);
      if (entry.uncompressedSize > RATIO_APPLIES_ABOVE_BYTES && entry.uncompressedSize > MAX_RATIO * Math.max(1, entry.compressedSize)) {
        throw new Refusal("zip_bomb", `An entry claims to unpack to ${entry.uncompressedSize} bytes from ${entry.compressedSize}, as a zip bomb does. Pack the model without compression.`);
      }
      entries.push({ name, method: entry.compressionMethod as 0 | 8, compressedBytes: entry.compressedSize, sizeBytes: entry.uncompressedSize, crc: entry.crc32, start: entry.relativeOffsetOfLocalHeader, dataStart: header.fileDataStart });
    }
    checkLayout(entries, file.sizeBytes);
    return entries;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("malformed_zip", "The zip archive is damaged or built to be read differently by different programs. Make it again and upload the complete file.");
  }
}

type Central = { generalPurposeBitFlag: number; compressionMethod: number; compressedSize: number; uncompressedSize: number };

function checkHeaders(entry: Central, name: Buffer, header: LocalFileHeader): void {
  if ((entry.generalPurposeBitFlag | header.generalPurposeBitFlag) & ENCRYPTED) throw new Refusal("encrypted", "The archive marks an entry as encrypted, which hides it from inspection. Pack the model without a password.");
  if (!name.equals(header.fileName) || entry.compressionMethod !== header.compressionMethod) {
    throw new Refusal("headers_disagree", "The archive's directory and its entries disagree on names or methods, so programs could open different content. Make the archive again.");
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw new Refusal("unknown_method", "The archive compresses an entry in a way that is not read here. Pack it with plain zip compression or none.");
  if (entry.compressionMethod === 0 && entry.compressedSize !== entry.uncompressedSize) throw new Refusal("headers_disagree", "An uncompressed entry declares two different sizes. Make the archive again.");
}

function checkLayout(entries: ZipEntry[], fileBytes: number): void {
  if (entries.length === 0) throw new Refusal("empty_archive", "The zip archive is empty. Upload the model itself.");
  let at = 0;
  for (const entry of entries.toSorted((a, b) => a.start - b.start)) {
    if (entry.start < at) throw new Refusal("zip_bomb", "Entries of the archive overlap, as in a zip bomb. Make the archive again.");
    if (entry.start - at > (at === 0 ? 0 : MAX_GAP_BYTES)) throw new Refusal("hidden_bytes", "The archive holds bytes that no entry claims, where content could hide. Make the archive again.");
    at = entry.dataStart + entry.compressedBytes;
    if (at > fileBytes) throw new Refusal("truncated", "An entry reaches beyond the end of the archive. Upload the complete file.");
  }
}

/** An entry's content as a file: in place when stored, otherwise unpacked up to `maxBytes` in memory. Larger ones are refused. */
export async function openZipEntry(file: ReadableFile, entry: ZipEntry, maxBytes: number): Promise<ReadableFile> {
  const stored = sliceOf(file, entry.name, entry.dataStart, entry.compressedBytes);
  if (entry.method === 0) return stored;
  if (entry.compressedBytes > maxBytes || entry.sizeBytes > maxBytes) throw new Refusal("too_large_part", `An entry that must be read is larger than ${maxBytes} bytes unpacked. Pack the model without compression.`);
  try {
    return bufferFile(entry.name, await inflate(await stored.read(0, entry.compressedBytes), { maxOutputLength: maxBytes }));
  } catch {
    throw new Refusal("malformed_zip", "A compressed entry is damaged, or unpacks to more than it declares. Make the archive again.");
  }
}

/** True when the content's checksum and size are what the directory says. Reads at most 16 MB; larger entries count as unchecked and true. */
export async function matchesDirectory(content: ReadableFile, entry: ZipEntry): Promise<boolean> {
  if (content.sizeBytes !== entry.sizeBytes) return false;
  if (content.sizeBytes > 16 * 1024 * 1024) return true;
  return crc32(await content.read(0, content.sizeBytes)) === entry.crc;
}
