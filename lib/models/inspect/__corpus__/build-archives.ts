import { crc32, deflateRawSync } from "node:zlib";

export type ZipPart = {
  name: string;
  content: Uint8Array;
  deflate?: boolean;
  /** Overrides, to build broken archives on purpose. */
  crc?: number;
  sizeBytes?: number;
  compressedBytes?: number;
  centralFlags?: number;
  localFlags?: number;
  localName?: string;
  offset?: number;
};

/** A zip archive, exactly as broken as its parts say. */
export function buildZip(parts: ZipPart[], { prefix = Buffer.alloc(0) as Uint8Array, entryCount = parts.length } = {}): Buffer {
  const locals: Buffer[] = [Buffer.from(prefix)];
  const centrals: Buffer[] = [];
  let offset = prefix.length;
  for (const part of parts) {
    const body = part.deflate ? deflateRawSync(part.content) : Buffer.from(part.content);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(part.crc ?? crc32(part.content), 0);
    sizes.writeUInt32LE(part.compressedBytes ?? body.length, 4);
    sizes.writeUInt32LE(part.sizeBytes ?? part.content.length, 8);
    const common = (flags: number, name: string) => {
      const fields = Buffer.alloc(10);
      fields.writeUInt16LE(20, 0);
      fields.writeUInt16LE(flags, 2);
      fields.writeUInt16LE(part.deflate ? 8 : 0, 4);
      const lengths = Buffer.alloc(4);
      lengths.writeUInt16LE(Buffer.byteLength(name), 0);
      return Buffer.concat([fields, sizes, lengths]);
    };
    const localName = part.localName ?? part.name;
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common(part.localFlags ?? 0, localName), Buffer.from(localName), body]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(part.offset ?? offset, 10);
    centrals.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), common(part.centralFlags ?? 0, part.name), tail, Buffer.from(part.name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entryCount, 8);
  end.writeUInt16LE(entryCount, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

export type TarPart = { name: string; content?: Uint8Array | string; type?: string; sizeBytes?: number; breakChecksum?: boolean };

/** A ustar archive. */
export function buildTar(parts: TarPart[]): Buffer {
  const blocks = parts.flatMap((part) => {
    const content = Buffer.from(part.content ?? "");
    const header = Buffer.alloc(512);
    header.write(part.name, 0, 100, "utf8");
    header.write("0000644\0", 100, "latin1");
    header.write(`${(part.sizeBytes ?? content.length).toString(8).padStart(11, "0")}\0`, 124, "latin1");
    header.write("        ", 148, "latin1");
    header.write(part.type ?? "0", 156, "latin1");
    header.write("ustar\u000000", 257, "latin1");
    const sum = header.reduce((total, byte) => total + byte, 0) + (part.breakChecksum ? 1 : 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
