import type { IncomingMessage } from "node:http";
import { RequestError } from "./request-error";

/** Largest request body. A larger tensor belongs into several requests. */
export const MAX_BODY_BYTES = 128 * 1024 * 1024;

/** The whole body. Throws RequestError 413 when it is too large and 400 when it ends early. */
export function readBody(req: IncomingMessage): Promise<Buffer> {
  const declared = req.headers["content-length"];
  const tooLarge = () => new RequestError(413, `The body is larger than the limit of ${MAX_BODY_BYTES} bytes.`);
  if (declared !== undefined && Number(declared) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        reject(tooLarge());
        req.removeAllListeners("data");
        req.resume();
        return;
      }
      chunks.push(chunk);
    });
    req.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    req.on("error", reject);
    req.on("close", () => { if (!req.complete) reject(new RequestError(400, "The body ended before its declared length.")); });
  });
}
