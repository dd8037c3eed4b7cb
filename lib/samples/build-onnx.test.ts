import { expect, test } from "vitest";
import { exampleInputs } from "@/lib/models/inspect/example-inputs";
import { inspectSet } from "@/lib/models/inspect/inspect-set";
import { bufferFile } from "@/lib/models/inspect/slice";
import { buildAddOneModel, buildLinearModel, buildMatMulModel } from "./build-onnx";

process.env.ORT_DISABLE_TELEMETRY = "1";
process.env.ORT_TELEMETRY_DISABLED = "1";
const { InferenceSession, Tensor } = await import("onnxruntime-node");
const floats = (values: number[], dims: number[]) => new Tensor("float32", Float32Array.from(values), dims);

test("a linear model runs on ONNX Runtime and gives the probabilities its weights imply", async () => {
  const bytes = buildLinearModel({ inputs: 2, outputs: 2, weights: [1, 0, 0, 1, 0, 0] });
  const session = await InferenceSession.create(bytes);
  const { probabilities } = await session.run({ input: floats([1, 0, 0, 0], [2, 2]) });
  const [a, b, c, d] = probabilities?.data as Float32Array;
  expect(a).toBeCloseTo(Math.E / (Math.E + 1), 5);
  expect(b).toBeCloseTo(1 / (Math.E + 1), 5);
  expect([c, d]).toEqual([0.5, 0.5]);
});

test("an Identity and Add model answers its input plus one", async () => {
  const session = await InferenceSession.create(buildAddOneModel({ size: 3 }));
  const { output } = await session.run({ input: floats([1, 2, 3], [1, 3]) });
  expect([...(output?.data as Float32Array)]).toEqual([2, 3, 4]);
});

test("a matrix model runs its multiplication as often as asked and stays finite", async () => {
  const session = await InferenceSession.create(buildMatMulModel({ size: 64, repeats: 20 }));
  const { output } = await session.run({ input: floats(Array.from({ length: 64 }, (_, i) => i / 64), [1, 64]) });
  expect(output?.dims).toEqual([1, 64]);
  expect([...(output?.data as Float32Array)].every(Number.isFinite)).toBe(true);
});

test("what is built is what inspection reads: signature, parameters and bytes", async () => {
  const inspection = await inspectSet([bufferFile("model.onnx", buildLinearModel({ inputs: 4, outputs: 3 }))]);
  expect(inspection).toMatchObject({ verdict: "accepted", format: "onnx", parameters: 15n, weightBytes: 60, weightBytesByType: { FLOAT: 60 }, findings: [] });
  expect(inspection.signature).toEqual({
    inputs: [{ name: "input", datatype: "FP32", nativeType: "FLOAT", shape: [-1, 4], dimensionNames: ["batch", null] }],
    outputs: [{ name: "probabilities", datatype: "FP32", nativeType: "FLOAT", shape: [-1, 3], dimensionNames: ["batch", null] }],
  });
  expect(inspection.signature && exampleInputs(inspection.signature)).toEqual({ inputs: [{ name: "input", datatype: "FP32", shape: [1, 4], data: [0, 0, 0, 0] }] });
});

test("the same call gives the same bytes, so its digest can be relied on", () => {
  expect(Buffer.from(buildLinearModel({ inputs: 4, outputs: 3 })).equals(buildLinearModel({ inputs: 4, outputs: 3 }))).toBe(true);
});
