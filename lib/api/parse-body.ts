import { AppError } from "@/lib/errors";

/** Bytes of JSON that any endpoint reads. Files go by upload, not in JSON. */
export const MAX_JSON_BYTES = 1024 * 1024;

/** Reads a JSON body of bounded size. Anything but application/json is refused, so that a form of another site cannot be one. */
export async function parseJsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && !type?.endsWith("+json")) {
    if (!request.body && !type) throw new AppError("invalid_request", "A JSON body is needed.");
    throw new AppError("unsupported_media_type", "Send the body as application/json.");
  }
  const text = await readText(request);
  try {
    const value: unknown = JSON.parse(text);
    if (!storable(value)) throw new SyntaxError("it holds a NUL or half a surrogate pair, which is not text");
    return value;
  } catch (cause) {
    throw new AppError("invalid_request", `The body is not valid JSON: ${cause instanceof Error ? cause.message : "syntax error"}`.slice(0, 200));
  }
}

/** PostgreSQL keeps neither U+0000 nor lone surrogates: refused here, once, rather than failing in whichever column they would reach. */
function storable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\u0000") && value.isWellFormed();
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([key, inner]) => storable(key) && storable(inner));
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () => new AppError("too_large", `A JSON body may have at most ${MAX_JSON_BYTES} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_JSON_BYTES) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_JSON_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
