import { randomBytes } from "node:crypto";
import http from "node:http";
import { Readable } from "node:stream";

const BLOCK = randomBytes(4 * 1024 ** 2);

/** A valid safetensors file of about `bytes` bytes with one tensor, made while it is read; `seed` makes its content another one. */
export function safetensors(bytes: number, seed: number): { sizeBytes: number; chunks: () => Generator<Buffer> } {
  const text = JSON.stringify({ __metadata__: { seed: String(seed) }, weight: { dtype: "U8", shape: [bytes], data_offsets: [0, bytes] } });
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return {
    sizeBytes: 8 + json.length + bytes,
    *chunks() {
      yield Buffer.concat([length, json]);
      for (let left = bytes; left > 0; left -= BLOCK.length) yield left >= BLOCK.length ? BLOCK : BLOCK.subarray(0, left);
    },
  };
}

/** Sends a raw body of known size and returns seconds until the whole answer. Throws unless a version was made. */
export async function upload(url: string, token: string, body: Readable, sizeBytes: number): Promise<number> {
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const request = http.request(url, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream", "content-length": sizeBytes } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk)).on("end", () => (response.statusCode! < 300 ? resolve() : reject(new Error(`upload: ${response.statusCode} ${text.slice(0, 300)}`))));
    });
    request.on("error", reject);
    body.on("error", reject).pipe(request);
  });
  return (performance.now() - began) / 1000;
}
