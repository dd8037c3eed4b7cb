import { describe, expect, it } from "vitest";
import { decodeRequest } from "@/services/model-server/decode-request";
import type { ExampleInput } from "@/lib/models/inspect/example-inputs";
import { codeSamples, sendsGivenValues } from "./code-samples";
import { encodeRequest } from "@/lib/models/inspect/encode-request";
import { wordsOf } from "./send-predict";
import { tensorFromPixels } from "./tensor-from-pixels";

const twoPixels = new Uint8ClampedArray([255, 0, 51, 255, 0, 255, 102, 255]);

describe("the tensor of an image", () => {
  it("puts channels first in NCHW and last in NHWC", () => {
    expect(tensorFromPixels(twoPixels, 2, 1, { layout: "NCHW", channels: 3 }, "raw")).toEqual([255, 0, 0, 255, 51, 102]);
    expect(tensorFromPixels(twoPixels, 2, 1, { layout: "NHWC", channels: 3 }, "raw")).toEqual([255, 0, 51, 0, 255, 102]);
  });
  it("is normalised as chosen", () => {
    const of = (how: "unit" | "signed" | "imagenet") => tensorFromPixels(twoPixels, 2, 1, { layout: "NHWC", channels: 3 }, how);
    expect(of("unit")[2]).toBeCloseTo(0.2);
    expect(of("signed").slice(0, 2)).toEqual([1, -1]);
    expect(of("imagenet")[0]).toBeCloseTo((1 - 0.485) / 0.229);
  });
  it("is luma where the model takes one channel", () => {
    expect(tensorFromPixels(twoPixels, 2, 1, { layout: "NCHW", channels: 1 }, "raw")).toEqual([82, 161]);
  });
  it("refuses pixels that are not of its size", () => {
    expect(() => tensorFromPixels(twoPixels, 2, 2, { layout: "NCHW", channels: 1 }, "raw")).toThrow(RangeError);
  });
});

describe("a request", () => {
  it("stays JSON while it is small", () => {
    const small: ExampleInput = { name: "x", datatype: "FP32", shape: [1, 2], data: [1, 2] };
    expect(encodeRequest([small])).toMatchObject({ binary: false, body: JSON.stringify({ inputs: [small] }) });
  });
  it("is bytes or JSON throughout where that was asked for", () => {
    const small: ExampleInput = { name: "x", datatype: "FP32", shape: [1, 2], data: [1, 2] };
    expect(encodeRequest([small], "binary")).toMatchObject({ binary: true });
    expect(encodeRequest([{ ...small, shape: [1, 4000], data: Array.from({ length: 4000 }, () => 1) }], "json").binary).toBe(false);
  });
  it("is read by the model server as it was meant, with large tensors as bytes in order", () => {
    const floats: ExampleInput = { name: "a", datatype: "FP32", shape: [2000], data: Array.from({ length: 2000 }, (_, i) => i / 4) };
    const bytes: ExampleInput = { name: "b", datatype: "UINT8", shape: [1500], data: Array.from({ length: 1500 }, (_, i) => i % 256) };
    const encoded = encodeRequest([floats, { name: "n", datatype: "INT64", shape: [1], data: [7] }, bytes]);
    const signature = [{ name: "a", datatype: "FP32", shape: [2000] }, { name: "n", datatype: "INT64", shape: [1] }, { name: "b", datatype: "UINT8", shape: [1500] }];
    const read = decodeRequest(Buffer.from(encoded.body as Uint8Array), Number(encoded.headers["inference-header-content-length"]), signature as never, []);
    expect(read.inputs.map((i) => Array.from(i.data as ArrayLike<unknown>))).toEqual([floats.data, [7n], bytes.data]);
  });
});

describe("the code samples", () => {
  const large: ExampleInput = { name: "x$y", datatype: "FP32", shape: [1, 3000], data: Array.from({ length: 3000 }, () => 0) };
  it("take the token from the environment, and none for a public endpoint", () => {
    for (const { code } of codeSamples({ url: "http://h/v2/models/m/infer", inputs: [large], withToken: true })) expect(code).toContain("SLIPWAY_TOKEN");
    for (const { code } of codeSamples({ url: "http://h/v2/models/m/infer", inputs: [large], withToken: false })) expect(code).not.toMatch(/SLIPWAY_TOKEN|Authorization/);
  });
  it("stay short with a large tensor and keep the shell away from its name", () => {
    for (const { code } of codeSamples({ url: "http://h", inputs: [large], withToken: true })) expect(code.length).toBeLessThan(1000);
    expect(codeSamples({ url: "http://h", inputs: [large], withToken: true })[0]!.code).toContain('"x\\$y"');
  });
  it("know whether they send the given values", () => {
    expect(sendsGivenValues([large])).toBe(true);
    expect(sendsGivenValues([{ ...large, data: large.data.map((_, i) => i) }])).toBe(false);
  });
});

describe("an error", () => {
  it("is told in the words of the model server, of the API, or of neither", () => {
    expect(wordsOf({ error: "bad shape" }, 400)).toBe("bad shape");
    expect(wordsOf({ code: "x", detail: "Wait." }, 503)).toBe("Wait.");
    expect(wordsOf(null, 502)).toMatch(/HTTP 502/);
  });
});
