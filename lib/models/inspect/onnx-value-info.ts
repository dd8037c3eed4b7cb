import type { Cursor } from "./cursor";
import { onnxElementType } from "./onnx-types";
import { asInt64, type Field, readText, walkMessage } from "./protobuf";
import { Refusal } from "./refusal";
import type { TensorSpec } from "./types";

const MAX_NAME_BYTES = 512;
const MAX_DIMENSION_NAME_BYTES = 256;
const MAX_RANK = 64;
const MAX_TYPE_DEPTH = 8;
const CONTAINERS: Record<number, string> = { 4: "seq", 5: "map", 8: "sparse_tensor", 9: "optional" };

/** Reads a ValueInfoProto (a graph's input or output) into a tensor specification; containers get datatype null and their name. */
export async function readValueInfo(cursor: Cursor, message: Field): Promise<TensorSpec> {
  const spec: TensorSpec = { name: "", datatype: null, nativeType: "undefined", shape: null };
  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    if (field.number === 1) return readText(cursor, field, MAX_NAME_BYTES).then((text) => void (spec.name = text));
    if (field.number === 2 && field.wireType === 2) return readType(cursor, field, spec, 0);
  });
  return spec;
}

async function readType(cursor: Cursor, message: Field, spec: TensorSpec, depth: number): Promise<void> {
  if (depth > MAX_TYPE_DEPTH) throw new Refusal("too_deep", "An input or output of the model is a container in a container, too deep to be real. Export the model again.");
  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    if (field.wireType !== 2) return;
    if (field.number === 1) return readTensorType(cursor, field, spec);
    const container = CONTAINERS[field.number];
    if (container) {
      spec.nativeType = container;
      // Only the outermost container counts for a caller; the walk still checks that what is inside is well formed.
      return walkMessage(cursor, field.start, field.start + field.length, (inner) => {
        const isType = inner.wireType === 2 && (field.number === 5 ? inner.number === 2 : inner.number === 1);
        if (isType && field.number !== 8) return readType(cursor, inner, { ...spec }, depth + 1);
      });
    }
  });
}

async function readTensorType(cursor: Cursor, message: Field, spec: TensorSpec): Promise<void> {
  await walkMessage(cursor, message.start, message.start + message.length, (field) => {
    if (field.number === 1) {
      const type = onnxElementType(Number(field.value));
      spec.nativeType = type?.native ?? `type ${field.value}`;
      spec.datatype = type?.datatype ?? null;
    } else if (field.number === 2 && field.wireType === 2) return readShape(cursor, field, spec);
  });
}

async function readShape(cursor: Cursor, message: Field, spec: TensorSpec): Promise<void> {
  const shape: number[] = [];
  const names: (string | null)[] = [];
  await walkMessage(cursor, message.start, message.start + message.length, async (field) => {
    if (field.number !== 1 || field.wireType !== 2) return;
    if (shape.length >= MAX_RANK) throw new Refusal("bad_shape", `An input or output has more than ${MAX_RANK} dimensions. Export the model again.`);
    let size = -1;
    let name: string | null = null;
    await walkMessage(cursor, field.start, field.start + field.length, (dim) => {
      if (dim.number === 1) {
        const value = asInt64(dim.value);
        if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal("bad_shape", "An input or output has an impossible dimension. Export the model again.");
        // Exporters write 0 or a negative number where they mean "any size".
        size = value > 0n ? Number(value) : -1;
      } else if (dim.number === 2) return readText(cursor, dim, MAX_DIMENSION_NAME_BYTES).then((text) => void (name = text || null));
    });
    shape.push(size);
    names.push(size === -1 ? name : null);
  });
  spec.shape = shape;
  if (names.some((name) => name !== null)) spec.dimensionNames = names;
}
