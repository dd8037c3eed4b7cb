import { DATATYPES, datatypeOf } from "./datatypes";
import type { RequestedOutput } from "./decode-request";
import { fromHalf } from "./half";
import type { TensorData, WorkerTensor } from "./session-messages";

/** `headerLength`: bytes of the leading JSON when binary tensors follow it, null when all is JSON. */
export type EncodedResponse = { body: Buffer; headerLength: number | null };

/**
 * A V2 inference response. In JSON, INT64 and UINT64 are exact integer literals, also beyond 2^53 (a reader that parses numbers as
 * doubles rounds those; the binary extension does not), and NaN and the infinities are null, since JSON has no word for them.
 */
export function encodeResponse(model: string, version: string, id: string | undefined, outputs: WorkerTensor[], requested: RequestedOutput[]): EncodedResponse {
  const tails: Buffer[] = [];
  const tensors = outputs.map((tensor, i) => {
    const head = `{"name":${JSON.stringify(tensor.name)},"datatype":"${datatypeOf(tensor.type)}","shape":[${tensor.dims.join(",")}]`;
    if (!requested[i]?.binary) return `${head},"data":[${jsonElements(tensor)}]}`;
    const bytes = binaryElements(tensor.data);
    tails.push(bytes);
    return `${head},"parameters":{"binary_data_size":${bytes.length}}}`;
  });
  const idPart = id === undefined ? "" : `,"id":${JSON.stringify(id)}`;
  const json = Buffer.from(`{"model_name":${JSON.stringify(model)},"model_version":${JSON.stringify(version)}${idPart},"outputs":[${tensors.join(",")}]}`);
  return tails.length === 0 ? { body: json, headerLength: null } : { body: Buffer.concat([json, ...tails]), headerLength: json.length };
}

function jsonElements(tensor: WorkerTensor): string {
  const { data } = tensor;
  if (Array.isArray(data)) return data.map((s) => JSON.stringify(s)).join(",");
  const datatype = datatypeOf(tensor.type);
  switch (datatype && DATATYPES[datatype].kind) {
    case "bool":
      return Array.from(data as Uint8Array, (v) => (v ? "true" : "false")).join(",");
    case "half":
      return finite(Array.from(data as Uint16Array, fromHalf).join(","));
    case "float":
      return finite(data.join(","));
    default:
      return data.join(",");
  }
}

const finite = (joined: string) => (joined.includes("N") || joined.includes("I") ? joined.replace(/NaN|-?Infinity/g, "null") : joined);

function binaryElements(data: TensorData): Buffer {
  if (!Array.isArray(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat(data.flatMap((s) => {
    const text = Buffer.from(s, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return [length, text];
  }));
}
