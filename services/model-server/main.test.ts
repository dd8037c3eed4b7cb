import { request } from "node:http";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { identityModel, matrixPowerModel } from "./__fixtures__/onnx-model";
import { startReady, startServer, stopServers, type RunningServer } from "./__fixtures__/start-server";

const SILERO = path.resolve(import.meta.dirname, "../../node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");

afterEach(stopServers);

const size = 320;
const slowBody = { inputs: [{ name: "x", datatype: "FP32", shape: [size, size], data: new Array(size * size).fill(0.001) }] };
/** 1,000 multiplications of 320 x 320, about a second: long enough to do things meanwhile, on a loaded machine too. */
const startSlow = (overrides = {}) => startReady(matrixPowerModel(1000), overrides);
const sample = async (s: RunningServer) => (await (await fetch(`${s.url}/internal/sample`)).json()) as { queueDepth: number; inFlight: number; errorsByCause: Record<string, number>; compute: { count: number } };
const until = async (what: () => Promise<boolean>) => { while (!(await what())) await new Promise((r) => setTimeout(r, 2)); };

test("health answers while an inference runs", async () => {
  const server = await startSlow();
  let finished = false;
  const inference = Promise.all([1, 2, 3].map(() => server.infer(slowBody))).then((r) => { finished = true; return r; });
  await until(async () => (await sample(server)).inFlight === 3);
  expect((await fetch(`${server.url}/v2/health/live`)).status).toBe(200);
  expect(finished).toBe(false);
  for (const r of await inference) expect(r.status).toBe(200);
}, 120_000);

test("a full queue answers 503 with Retry-After and counts its cause", async () => {
  const server = await startSlow({ queueLimit: 1 });
  const all = await Promise.all(Array.from({ length: 6 }, () => server.infer(slowBody)));
  const refused = all.filter((r) => r.status === 503);
  expect(all.filter((r) => r.status === 200).length).toBeGreaterThanOrEqual(2);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get("retry-after")).toBe("1");
  expect(await refused[0]?.json()).toEqual({ error: expect.stringContaining("queue") });
  expect((await sample(server)).errorsByCause.queue_full).toBe(refused.length);
}, 120_000);

test("a client that leaves while it waits costs no run", async () => {
  const server = await startSlow();
  const first = server.infer(slowBody);
  await until(async () => (await sample(server)).inFlight === 1);
  const abort = new AbortController();
  const second = fetch(`${server.url}/v2/models/m/infer`, { method: "POST", body: JSON.stringify(slowBody), signal: abort.signal });
  second.catch(() => {});
  await until(async () => (await sample(server)).queueDepth === 1);
  abort.abort();
  await expect(second).rejects.toThrow();
  expect((await first).status).toBe(200);
  await until(async () => (await sample(server)).inFlight === 0);
  const after = await sample(server);
  expect({ runs: after.compute.count, cancelled: after.errorsByCause.cancelled, depth: after.queueDepth }).toEqual({ runs: 1, cancelled: 1, depth: 0 });
}, 120_000);

test("SIGTERM finishes what is in flight, takes nothing new and exits with 0", async () => {
  const server = await startSlow();
  const inFlight = Promise.all([1, 2, 3].map(() => server.infer(slowBody)));
  await until(async () => (await sample(server)).inFlight === 3);
  server.child.kill("SIGTERM");
  for (const r of await inFlight) {
    expect(r.status).toBe(200);
    await r.arrayBuffer();
  }
  expect(await server.exited).toEqual({ code: 0, signal: null });
  await expect(fetch(`${server.url}/v2/health/live`)).rejects.toThrow();
}, 120_000);

test("a second SIGTERM ends it at once", async () => {
  const server = await startSlow();
  server.infer(slowBody).catch(() => {});
  await until(async () => (await sample(server)).inFlight === 1);
  server.child.kill("SIGTERM");
  await until(async () => (await fetch(`${server.url}/v2/health/live`).then(() => false, () => true)));
  server.child.kill("SIGTERM");
  expect((await server.exited).code === 0 || (await server.exited).signal === "SIGKILL").toBe(true);
}, 120_000);

test("the end of standard input ends it, also in the middle of a run", async () => {
  const server = await startSlow();
  server.infer(slowBody).catch(() => {});
  await until(async () => (await sample(server)).inFlight === 1);
  server.child.stdin.end();
  expect(await server.exited).toEqual({ code: null, signal: "SIGKILL" });
}, 120_000);

test("a corrupted model fails with the runtime's own words and exit code 1", async () => {
  const server = await startServer(Buffer.from("this is no model at all"));
  expect(await server.event("failed")).toMatchObject({ reason: "LoadFailed", message: expect.stringMatching(/protobuf|parse|model/i) });
  expect((await server.exited).code).toBe(1);
}, 120_000);

test("a file that does not match its digest is never loaded", async () => {
  const server = await startServer(SILERO, { files: [{ path: "model.onnx", absolutePath: SILERO, sizeBytes: 2_327_524, sha256: "0".repeat(64) }] });
  expect(await server.event("failed")).toMatchObject({ reason: "DigestMismatch", message: expect.stringContaining("model.onnx") });
  expect(server.events.some((e) => e.event === "ready")).toBe(false);
}, 120_000);

test("more memory than the profile has ends it with words", async () => {
  const server = await startServer(identityModel("FP32"), { memoryMib: 40 });
  expect(await server.event("failed")).toMatchObject({ reason: "OutOfMemory", message: expect.stringContaining("40 MiB") });
  expect((await server.exited).signal).toBe("SIGKILL");
}, 120_000);

test("a body beyond the limit is refused by its declared length", async () => {
  const server = await startReady(identityModel("FP32"));
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const req = request(`${server.url}/v2/models/m/infer`, { method: "POST", headers: { "content-length": String(200 * 1024 * 1024) } }, (res) => { res.resume(); resolve(res.statusCode); req.destroy(); });
    req.on("error", reject);
    req.flushHeaders();
  });
  expect(status).toBe(413);
}, 120_000);

test("before the model is loaded it is alive but not ready", async () => {
  const server = await startServer(SILERO);
  const [live, ready] = await Promise.all([fetch(`${server.url}/v2/health/live`), fetch(`${server.url}/v2/health/ready`)]);
  expect(live.status).toBe(200);
  expect([200, 503]).toContain(ready.status);
  await server.event("ready");
  expect((await fetch(`${server.url}/v2/health/ready`)).status).toBe(200);
}, 120_000);
