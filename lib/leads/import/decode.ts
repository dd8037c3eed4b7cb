/** What lists are written in. `utf-8` also with a byte order mark, which is taken off. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Pure: how a file's first bytes are written: by its byte order mark; else by where its zero bytes are; else UTF-8 where it is that, and windows-1252 where it is not. */
export function detectEncoding(sample: Uint8Array): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return "utf-8";
  const zeros = [0, 0];
  const looked = Math.min(sample.length, 4096);
  for (let i = 0; i < looked; i++) if (sample[i] === 0) zeros[i % 2]!++;
  if (zeros[1]! > looked / 8 && zeros[1]! > zeros[0]! * 4) return "utf-16le";
  if (zeros[0]! > looked / 8 && zeros[0]! > zeros[1]! * 4) return "utf-16be";
  try {
    // Streaming: a character cut off by the end of the sample is no fault.
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Bytes as they come to text as it can be read, a character never cut in two. Faulty bytes become U+FFFD; PostgreSQL keeps no NUL, so none is left. */
export async function* decodeChunks(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const clean = (text: string) => text.replaceAll("\u0000", "").toWellFormed();
  for await (const chunk of chunks) yield clean(decoder.decode(chunk, { stream: true }));
  yield clean(decoder.decode());
}
