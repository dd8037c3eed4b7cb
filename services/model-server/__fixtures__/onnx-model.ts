// A writer for ONNX models of a few nodes, so that tests need no file: plain protobuf, field numbers from onnx.proto.

/** ONNX's own numbers of its element types. */
export const ONNX_TYPE = { FP32: 1, UINT8: 2, INT8: 3, UINT16: 4, INT16: 5, INT32: 6, INT64: 7, BYTES: 8, BOOL: 9, FP16: 10, FP64: 11, UINT32: 12, UINT64: 13 } as const;
export type OnnxTypeName = keyof typeof ONNX_TYPE;

const varint = (n: number): Buffer => {
  const out: number[] = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  return Buffer.from([...out, n]);
};
const int = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Buffer | string) => {
  const body = Buffer.from(value as string);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
};
const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts));

type Value = { name: string; type: OnnxTypeName; /** A string is a dynamic dimension. */ shape: (number | string)[] };
type Node = { op: string; inputs: string[]; outputs: string[] };

const value = (field: number, v: Value) =>
  message(field, bytes(1, v.name), message(2, message(1, int(1, ONNX_TYPE[v.type]),
    message(2, ...v.shape.map((d) => message(1, typeof d === "number" ? int(1, d) : bytes(2, d)))))));

export function onnxModel(graph: { inputs: Value[]; outputs: Value[]; nodes: Node[] }): Buffer {
  const nodes = graph.nodes.map((n) => message(1, ...n.inputs.map((i) => bytes(1, i)), ...n.outputs.map((o) => bytes(2, o)), bytes(4, n.op)));
  return Buffer.concat([
    int(1, 8),
    message(7, ...nodes, bytes(2, "graph"), ...graph.inputs.map((i) => value(11, i)), ...graph.outputs.map((o) => value(12, o))),
    message(8, bytes(1, ""), int(2, 13)),
  ]);
}

/** A model that answers its only input `x` as `y`. */
export const identityModel = (type: OnnxTypeName, shape: (number | string)[] = ["n"]): Buffer =>
  onnxModel({ inputs: [{ name: "x", type, shape }], outputs: [{ name: "y", type, shape }], nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"] }] });

/** y = x · x … of square matrices, `times` multiplications: a model whose run time is chosen by the size of its input. */
export function matrixPowerModel(times: number): Buffer {
  const name = (i: number) => (i === 0 ? "x" : i === times ? "y" : `t${i}`);
  return onnxModel({
    inputs: [{ name: "x", type: "FP32", shape: ["n", "n"] }],
    outputs: [{ name: "y", type: "FP32", shape: ["n", "n"] }],
    nodes: Array.from({ length: times }, (_, i) => ({ op: "MatMul", inputs: [name(i), "x"], outputs: [name(i + 1)] })),
  });
}
