import { expect, test } from "vitest";
import { exampleInputs } from "./example-inputs";
import { guessImageInput } from "./image-input";
import type { Datatype, TensorSpec } from "./types";

const spec = (shape: number[] | null, datatype: Datatype | null = "FP32"): TensorSpec => ({ name: "x", datatype, nativeType: "?", shape });
const example = (...inputs: TensorSpec[]) => exampleInputs({ inputs, outputs: [] });

test("dynamic dimensions become 1, and a scalar has one value and an empty shape", () => {
  expect(example(spec([-1, 2]), spec([], "INT64"))).toEqual({ inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], data: [0, 0] }, { name: "x", datatype: "INT64", shape: [], data: [0] }] });
});

test("values fit their datatype: false for BOOL, text for BYTES", () => {
  expect(example(spec([1], "BOOL"), spec([1], "BYTES"))?.inputs.map(({ data }) => data[0])).toEqual([false, ""]);
});

test("no example is made up where the type or the shape is unknown, or it would be huge", () => {
  expect(example(spec(null))).toBeNull();
  expect(example(spec([1], null))).toBeNull();
  expect(example(spec([1, 3, 4096, 4096]))).toBeNull();
});

test("an image is told by batch, channels and sides, in both layouts, also where sides are dynamic", () => {
  expect(guessImageInput(spec([1, 3, 224, 320]))).toEqual({ layout: "NCHW", channels: 3, height: 224, width: 320 });
  expect(guessImageInput(spec([-1, 224, -1, 4], "UINT8"))).toEqual({ layout: "NHWC", channels: 4, height: 224, width: null });
  expect(guessImageInput(spec([-1, 3, 48, -1]))).toEqual({ layout: "NCHW", channels: 3, height: 48, width: null });
});

test.each([[[1, 4]], [[2, 1, 128]], [[1, 5, 224, 224]], [[8, 3, 224, 224]], [[1, 3, 2, 2]]])("a tensor of shape %j is not taken for an image", (shape) => {
  expect(guessImageInput(spec(shape))).toBeNull();
});

test("integers of text models are not images even with four dimensions", () => {
  expect(guessImageInput(spec([1, 3, 224, 224], "INT64"))).toBeNull();
});
