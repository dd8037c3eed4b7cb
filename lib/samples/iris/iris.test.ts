import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { inspectSet } from "@/lib/models/inspect/inspect-set";
import { bufferFile } from "@/lib/models/inspect/slice";
import { IRIS_EXAMPLE, irisOnnx, parseIris, trainIris } from "./iris";
import trained from "./iris-weights.json";
import { accuracyOf, predictSoftmax } from "./train-softmax";

process.env.ORT_DISABLE_TELEMETRY = "1";
process.env.ORT_TELEMETRY_DISABLED = "1";
const { InferenceSession, Tensor } = await import("onnxruntime-node");

const rows = parseIris(fs.readFileSync(path.join(import.meta.dirname, "iris.csv"), "utf8"));
const mean = (label: number, feature: number) => {
  const of = rows.filter((r) => r.label === label);
  return of.reduce((sum, r) => sum + r.features[feature]!, 0) / of.length;
};

test("the rows are Fisher's: 50 of each species, with the means printed in his paper", () => {
  expect(rows).toHaveLength(150);
  const means = [0, 1, 2].map((label) => [0, 1, 2, 3].map((feature) => Number(mean(label, feature).toFixed(3))));
  expect(means).toEqual([[5.006, 3.428, 1.462, 0.246], [5.936, 2.77, 4.26, 1.326], [6.588, 2.974, 5.552, 2.026]]);
});

test("training again gives the committed weights, and the accuracy that the README states on rows it never saw", () => {
  const { model, train, test: unseen } = trainIris(rows);
  for (const [i, w] of model.weights.entries()) expect(w).toBeCloseTo(trained.weights[i]!, 4);
  for (const [k, b] of model.bias.entries()) expect(b).toBeCloseTo(trained.bias[k]!, 4);
  expect(train).toHaveLength(120);
  expect(unseen.some((r) => train.includes(r))).toBe(false);
  expect(accuracyOf(model, unseen)).toBeCloseTo(28 / 30, 6);
  expect(accuracyOf(model, train)).toBeCloseTo(117 / 120, 6);
});

test("the ONNX file answers as the trained weights do, for every flower", async () => {
  const session = await InferenceSession.create(irisOnnx());
  const answer = await session.run({ measurements: new Tensor("float32", Float32Array.from(rows.flatMap((r) => [...r.features])), [150, 4]) });
  const model = { features: 4, classes: 3, ...trained };
  const probabilities = answer.probabilities!.data as Float32Array;
  for (const [i, row] of rows.entries()) {
    for (const [k, p] of predictSoftmax(model, row.features).entries()) expect(probabilities[i * 3 + k]).toBeCloseTo(p, 4);
  }
  const right = [...(answer.species!.data as BigInt64Array)].filter((species, i) => Number(species) === rows[i]!.label).length;
  expect(right).toBe(145);
});

test("inspection accepts the file without a finding, and the example request fits its signature", async () => {
  const inspection = await inspectSet([bufferFile("iris.onnx", irisOnnx())]);
  expect(inspection).toMatchObject({ verdict: "accepted", format: "onnx", parameters: 15n, findings: [] });
  expect(inspection.signature?.inputs).toMatchObject([{ name: "measurements", datatype: "FP32", shape: [-1, 4] }]);
  expect(inspection.signature?.outputs).toMatchObject([{ name: "probabilities", datatype: "FP32" }, { name: "species", datatype: "INT64" }]);
  expect(IRIS_EXAMPLE.inputs[0]).toMatchObject({ name: "measurements", shape: [2, 4] });
});

test("the file is the same each time, so the same sample is stored once", () => {
  expect(Buffer.from(irisOnnx()).equals(irisOnnx())).toBe(true);
});
