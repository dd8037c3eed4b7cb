import type { Datatype, Signature, TensorSpec } from "./types";

export type ExampleInput = { name: string; datatype: Datatype; shape: number[]; data: (number | boolean | string)[] };
export type ExampleRequest = { inputs: ExampleInput[] };

/** Above this the example would be a page of zeros nobody edits; a caller then shows the shape and asks for data. */
const MAX_EXAMPLE_VALUES = 1_000_000;

/**
 * An example Open Inference Protocol V2 request for a signature: dynamic dimensions become 1, values 0 (false, "").
 * null when an input has no V2 datatype, no known shape, or more than a million values.
 */
export function exampleInputs(signature: Signature): ExampleRequest | null {
  const inputs: ExampleInput[] = [];
  for (const input of signature.inputs) {
    const example = exampleInput(input);
    if (!example) return null;
    inputs.push(example);
  }
  return { inputs };
}

function exampleInput(input: TensorSpec): ExampleInput | null {
  if (!input.datatype || !input.shape) return null;
  const shape = input.shape.map((dim) => (dim < 0 ? 1 : dim));
  const count = shape.reduce((product, dim) => product * dim, 1);
  if (count > MAX_EXAMPLE_VALUES) return null;
  const value = input.datatype === "BOOL" ? false : input.datatype === "BYTES" ? "" : 0;
  return { name: input.name, datatype: input.datatype, shape, data: Array.from({ length: count }, () => value) };
}
