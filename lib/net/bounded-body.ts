import { Readable } from "node:stream";
import zlib from "node:zlib";
import { AppError } from "@/lib/errors";

const DECODERS: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
};

async function* counted(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (received > maxBytes) throw new AppError("too_large", `The answer is larger than the ${maxBytes} bytes that are allowed here.`);
    yield chunk;
  }
}

/**
 * The answer's body, decoded, ending in a `too_large` error past `maxBytes`. Both sides of the decompression are counted,
 * so that a bomb stops after one more decoder buffer (16 KiB), whatever it would have unpacked to.
 */
export function boundedBody(source: Readable, contentEncoding: string | undefined, maxBytes: number): Readable {
  const encoding = (contentEncoding ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return Readable.from(counted(source, maxBytes), { objectMode: false });
  const makeDecoder = DECODERS[encoding];
  if (!makeDecoder) {
    source.destroy();
    throw new AppError("bad_gateway", `The server answered in the encoding "${encoding.slice(0, 40)}", which was not asked for.`);
  }
  const encoded = Readable.from(counted(source, maxBytes), { objectMode: false });
  const decoder = makeDecoder();
  encoded.on("error", (error) => (decoder as unknown as Readable).destroy(error));
  encoded.pipe(decoder);
  const decoded = Readable.from(counted(decoder as unknown as AsyncIterable<Buffer>, maxBytes), { objectMode: false });
  decoded.once("close", () => encoded.destroy());
  return decoded;
}
