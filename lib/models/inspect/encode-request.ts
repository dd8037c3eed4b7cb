import type { ExampleInput } from "./example-inputs";

export type EncodedRequest = { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string>; binary: boolean };

/** Elements above which a tensor travels as bytes: as JSON it is about three times as large, and slow to read. */
const BINARY_FROM = 1024;

/** How tensors travel: as JSON numbers, as bytes where the extension can, or large ones as bytes. */
export type Encoding = "auto" | "json" | "binary";

/** What "auto" comes to for these tensors. */
export const encodingOf = (inputs: ExampleInput[]): "json" | "binary" => (inputs.some((i) => i.data.length >= BINARY_FROM && bytesOf(i.datatype, i.data)) ? "binary" : "json");

/**
 * A V2 inference request. Large FP32 and UINT8 tensors follow the JSON as little-endian bytes (the binary tensor extension), in the
 * order of the inputs; everything else stays in the JSON. `binary` sends small ones so too, `json` none.
 */
export function encodeRequest(inputs: ExampleInput[], encoding: Encoding = "auto"): EncodedRequest {
  const from = encoding === "json" ? Infinity : encoding === "binary" ? 1 : BINARY_FROM;
  const tails: Uint8Array[] = [];
  const heads = inputs.map(({ name, datatype, shape, data }) => {
    const bytes = data.length >= from ? bytesOf(datatype, data) : null;
    if (!bytes) return { name, datatype, shape, data };
    tails.push(bytes);
    return { name, datatype, shape, parameters: { binary_data_size: bytes.length } };
  });
  const json = JSON.stringify({ inputs: heads });
  if (tails.length === 0) return { body: json, headers: { "content-type": "application/json" }, binary: false };
  const head = new TextEncoder().encode(json);
  const body = new Uint8Array(head.length + tails.reduce((sum, t) => sum + t.length, 0));
  let at = 0;
  for (const part of [head, ...tails]) {
    body.set(part, at);
    at += part.length;
  }
  return { body, headers: { "content-type": "application/octet-stream", "inference-header-content-length": String(head.length) }, binary: true };
}

function bytesOf(datatype: string, data: ExampleInput["data"]): Uint8Array | null {
  if (datatype === "UINT8") return data.every((v) => Number.isInteger(v) && (v as number) >= 0 && (v as number) <= 255) ? Uint8Array.from(data as number[]) : null;
  if (datatype !== "FP32" || !data.every((v) => typeof v === "number")) return null;
  const view = new DataView(new ArrayBuffer(data.length * 4));
  (data as number[]).forEach((v, i) => view.setFloat32(i * 4, v, true));
  return new Uint8Array(view.buffer);
}
