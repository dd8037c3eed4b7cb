import { int, part } from "./protobuf-writer";

const FLOAT = 1;
const INT64 = 7;
const IR_VERSION = 8;
const OPSET = 13;

export type Dim = number | string;

/** A graph's input or output; a text dimension is a dynamic one with that name. */
export const port = (field: 11 | 12, name: string, dims: Dim[], type = FLOAT): Buffer =>
  part(field, part(1, name), part(2, part(1, int(1, type), part(2, ...dims.map((dim) => part(1, typeof dim === "number" ? int(1, dim) : part(2, dim)))))));

/** The body of a float TensorProto with its values in raw_data. */
export function floatTensor(name: string, dims: number[], values: ArrayLike<number>): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([...dims.map((dim) => int(1, dim)), int(2, FLOAT), part(8, name), part(9, raw)]);
}

export const initializer = (tensor: Uint8Array): Buffer => part(5, tensor);

export const node = (operator: string, inputs: string[], outputs: string[], ...attributes: Buffer[]): Buffer =>
  part(1, ...inputs.map((i) => part(1, i)), ...outputs.map((o) => part(2, o)), part(4, operator), ...attributes);

export const intAttribute = (name: string, value: number): Buffer => part(5, part(1, name), int(3, value), int(20, 2));

/** A complete ModelProto around the parts of its graph. */
export function model(graph: Uint8Array[], extra: Uint8Array[] = []): Uint8Array {
  return new Uint8Array(Buffer.concat([int(1, IR_VERSION), part(2, "slipway"), part(7, ...graph, part(2, "main")), part(8, part(1, ""), int(2, OPSET)), ...extra]));
}

/** Deterministic values between -0.5 and 0.5, so that a model built twice has the same digest. */
function seededValues(count: number, seed: number): Float32Array {
  let state = seed >>> 0 || 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/**
 * A classifier: `input` FP32 [batch, inputs] -> Gemm -> Softmax -> `probabilities` FP32 [batch, outputs].
 * `weights`: the matrix by rows, inputs × outputs values, then `outputs` biases; deterministic values without it.
 */
export function buildLinearModel({ inputs, outputs, weights }: { inputs: number; outputs: number; weights?: ArrayLike<number> }): Uint8Array {
  const values = Float32Array.from(weights ?? seededValues(inputs * outputs + outputs, 7));
  if (values.length !== inputs * outputs + outputs) throw new Error(`Needs ${inputs * outputs + outputs} weights, got ${values.length}.`);
  return model([
    node("Gemm", ["input", "weight", "bias"], ["logits"]),
    node("Softmax", ["logits"], ["probabilities"], intAttribute("axis", 1)),
    initializer(floatTensor("weight", [inputs, outputs], values.subarray(0, inputs * outputs))),
    initializer(floatTensor("bias", [outputs], values.subarray(inputs * outputs))),
    port(11, "input", ["batch", inputs]),
    port(12, "probabilities", ["batch", outputs]),
  ]);
}

/** `input` FP32 [batch, size] -> Identity -> Add 1 -> `output`: the smallest model whose answer anybody can check by eye. */
export function buildAddOneModel({ size }: { size: number }): Uint8Array {
  return model([
    node("Identity", ["input"], ["same"]),
    node("Add", ["same", "one"], ["output"]),
    initializer(floatTensor("one", [1], [1])),
    port(11, "input", ["batch", size]),
    port(12, "output", ["batch", size]),
  ]);
}

/** A model of chosen cost: `input` FP32 [1, size] multiplied `repeats` times by one size × size matrix, about 2 · size² · repeats operations a run. */
export function buildMatMulModel({ size, repeats }: { size: number; repeats: number }): Uint8Array {
  const scaled = seededValues(size * size, 11).map((value) => value / Math.sqrt(size));
  const nodes = Array.from({ length: repeats }, (_, i) => node("MatMul", [i === 0 ? "input" : `step${i}`, "matrix"], [i === repeats - 1 ? "output" : `step${i + 1}`]));
  return model([...nodes, initializer(floatTensor("matrix", [size, size], scaled)), port(11, "input", [1, size]), port(12, "output", [1, size])]);
}

/**
 * A trained linear classifier: FP32 [batch, features] -> `probabilities` FP32 [batch, classes] and `species` INT64 [batch], the likeliest.
 * `weights` by rows (feature × class). Labels and description travel in the model's own metadata.
 */
export function buildClassifier({ input, classLabels, weights, bias, description }: { input: string; classLabels: readonly string[]; weights: readonly number[]; bias: readonly number[]; description: string }): Uint8Array {
  const classes = classLabels.length;
  const features = weights.length / classes;
  return model([
    node("Gemm", [input, "weight", "bias"], ["logits"]),
    node("Softmax", ["logits"], ["probabilities"], intAttribute("axis", 1)),
    node("ArgMax", ["probabilities"], ["species"], intAttribute("axis", 1), intAttribute("keepdims", 0)),
    initializer(floatTensor("weight", [features, classes], weights)),
    initializer(floatTensor("bias", [classes], bias)),
    port(11, input, ["batch", features]),
    port(12, "probabilities", ["batch", classes]),
    port(12, "species", ["batch"], INT64),
  ], [part(6, description), part(14, part(1, "classes"), part(2, classLabels.join(",")))]);
}
