import { DATATYPES, elementCount, type Datatype, type Signature } from "./datatypes";
import { decodeBinaryTensor, decodeJsonTensor } from "./decode-tensor";
import { parseJson } from "./parse-json";
import { badRequest } from "./request-error";
import type { WorkerTensor } from "./session-messages";

export type RequestedOutput = { name: string; binary: boolean };
export type InferenceRequest = { id: string | undefined; inputs: WorkerTensor[]; outputs: RequestedOutput[] };

type Json = Record<string, unknown>;
const isObject = (v: unknown): v is Json => typeof v === "object" && v !== null && !Array.isArray(v);
const show = (shape: readonly number[]) => `[${shape.join(", ")}]`;
const quoted = (names: readonly string[]) => names.map((n) => JSON.stringify(n)).join(", ") || "none";

/**
 * Reads a V2 inference request. `headerLength` is the value of Inference-Header-Content-Length: the JSON's bytes, after which the
 * binary tensors follow in the order of the inputs; null when the whole body is JSON. Throws RequestError 400 that says what was expected.
 */
export function decodeRequest(body: Buffer, headerLength: number | null, inputs: Signature, outputs: Signature): InferenceRequest {
  if (headerLength !== null && headerLength > body.length) {
    throw badRequest(`Inference-Header-Content-Length is ${headerLength}, but the body has only ${body.length} bytes.`);
  }
  const request = parseHead(headerLength === null ? body : body.subarray(0, headerLength));
  if (request.id !== undefined && typeof request.id !== "string") throw badRequest("id must be a string.");
  let binary: Buffer = headerLength === null ? Buffer.alloc(0) : body.subarray(headerLength);

  const given = request.inputs;
  if (!Array.isArray(given)) throw badRequest(`inputs must be an array with one tensor for each of ${quoted(inputs.map((i) => i.name))}.`);
  const tensors = new Map<string, WorkerTensor>();
  for (const input of given as unknown[]) {
    const { tensor, binaryBytes } = decodeInput(input, binary, inputs);
    if (tensors.has(tensor.name)) throw badRequest(`Input ${JSON.stringify(tensor.name)} is given twice.`);
    tensors.set(tensor.name, tensor);
    binary = binary.subarray(binaryBytes);
  }
  if (binary.length > 0) throw badRequest(`${binary.length} bytes follow the last binary tensor; check binary_data_size of the inputs.`);
  const missing = inputs.filter((i) => !tensors.has(i.name));
  if (missing[0]) {
    throw badRequest(`Input ${quoted(missing.map((m) => m.name))} is missing. The model takes ${inputs.map((i) => `${JSON.stringify(i.name)} ${i.datatype} ${show(i.shape)}`).join(", ")}.`);
  }
  return { id: request.id, inputs: [...tensors.values()], outputs: requestedOutputs(request, outputs) };
}

function parseHead(bytes: Buffer): Json & { id?: unknown } {
  let parsed: unknown;
  try {
    parsed = parseJson(bytes.toString("utf8"));
  } catch (e) {
    throw badRequest(`The request is no valid JSON: ${e instanceof Error ? e.message : "unreadable"}`);
  }
  if (!isObject(parsed)) throw badRequest('The request must be a JSON object with "inputs".');
  return parsed;
}

function decodeInput(input: unknown, binary: Buffer, signature: Signature): { tensor: WorkerTensor; binaryBytes: number } {
  if (!isObject(input) || typeof input.name !== "string") throw badRequest("Each input must be an object with name, datatype, shape and data.");
  const spec = signature.find((s) => s.name === input.name);
  const label = JSON.stringify(input.name);
  if (!spec) throw badRequest(`The model has no input ${label}; its inputs are ${quoted(signature.map((s) => s.name))}.`);
  if (spec.datatype === null) throw badRequest(`Input ${label} of this model is no tensor that the Open Inference Protocol can carry.`);
  if (input.datatype !== spec.datatype) throw badRequest(`Input ${label} must have datatype ${spec.datatype}, not ${JSON.stringify(input.datatype)}.`);
  const shape = checkShape(input.shape, spec.shape, label);
  const count = elementCount(shape);
  if (!Number.isSafeInteger(count)) throw badRequest(`Input ${label}: the shape ${show(shape)} is too large.`);

  const parameters = isObject(input.parameters) ? input.parameters : {};
  if (Object.keys(parameters).some((k) => k.startsWith("shared_memory"))) throw badRequest("Shared memory is not offered by this server.");
  const size = parameters.binary_data_size;
  const type = { label, datatype: spec.datatype as Datatype, info: DATATYPES[spec.datatype], shape, count };
  if (size === undefined) {
    return { tensor: { name: input.name, type: type.info.ort, dims: shape, data: decodeJsonTensor(input.data, type) }, binaryBytes: 0 };
  }
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) throw badRequest(`Input ${label}: binary_data_size must be a number of bytes.`);
  if (input.data !== undefined) throw badRequest(`Input ${label} has both data and binary_data_size; give one of them.`);
  if (size > binary.length) {
    throw badRequest(`Input ${label}: binary_data_size is ${size}, but ${binary.length} bytes are left in the body; is Inference-Header-Content-Length set?`);
  }
  return { tensor: { name: input.name, type: type.info.ort, dims: shape, data: decodeBinaryTensor(binary.subarray(0, size), type) }, binaryBytes: size };
}

function checkShape(given: unknown, expected: number[], label: string): number[] {
  if (!Array.isArray(given) || !given.every((d) => typeof d === "number" && Number.isSafeInteger(d) && d >= 0)) {
    throw badRequest(`Input ${label}: shape must be an array of dimensions, such as ${show(expected.map((d) => (d < 0 ? 1 : d)))}.`);
  }
  const shape = given as number[];
  // The runtime reports [] both for a scalar and for a shape that the model leaves open: it judges those itself.
  if (expected.length === 0) return shape;
  if (shape.length !== expected.length || expected.some((d, i) => d >= 0 && shape[i] !== d)) {
    throw badRequest(`Input ${label} must have shape ${show(expected)}${expected.includes(-1) ? " (-1: any size)" : ""}, not ${show(shape)}.`);
  }
  return shape;
}

function requestedOutputs(request: Json, signature: Signature): RequestedOutput[] {
  const parameters = isObject(request.parameters) ? request.parameters : {};
  const all = parameters.binary_data_output === true;
  const carried = signature.filter((s) => s.datatype !== null);
  if (request.outputs === undefined || (Array.isArray(request.outputs) && request.outputs.length === 0)) {
    return carried.map((s) => ({ name: s.name, binary: all }));
  }
  if (!Array.isArray(request.outputs)) throw badRequest("outputs must be an array of objects with a name.");
  const seen = new Set<string>();
  return (request.outputs as unknown[]).map((output) => {
    if (!isObject(output) || typeof output.name !== "string") throw badRequest("Each of outputs must be an object with a name.");
    const name = output.name;
    if (!carried.some((s) => s.name === name)) {
      throw badRequest(`The model has no tensor output ${JSON.stringify(name)}; its outputs are ${quoted(carried.map((s) => s.name))}.`);
    }
    if (seen.has(name)) throw badRequest(`Output ${JSON.stringify(name)} is asked for twice.`);
    seen.add(name);
    const own = isObject(output.parameters) ? output.parameters : {};
    if (own.classification !== undefined) throw badRequest("The classification extension is not offered by this server.");
    return { name, binary: typeof own.binary_data === "boolean" ? own.binary_data : all };
  });
}
