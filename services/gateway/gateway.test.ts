import { afterEach, beforeEach, expect, test } from "vitest";
import { identityModel, matrixPowerModel } from "@/services/model-server/__fixtures__/onnx-model";
import { newRef, revision, spec, startTestGateway, tinyModel, vector, versionOf, type TestGateway } from "./__fixtures__/test-gateway";
import { readProcess } from "./proc";

let t: TestGateway;
beforeEach(async () => { t = await startTestGateway(); });
afterEach(() => t.stop());

const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));
/** Sends requests without a break until stopped; tells every status that came back and every broken connection. */
function load(send: () => Promise<Response>, concurrency = 4) {
  const seen: Record<string, number> = {};
  let on = true;
  const count = (key: string) => { seen[key] = (seen[key] ?? 0) + 1; };
  const one = async () => {
    while (on) await send().then(async (r) => { const text = await r.text(); count(r.status === 200 ? `200 v${(JSON.parse(text) as { model_version: string }).model_version}` : `${r.status} ${text}`); }, (e: Error) => count(`error ${String(e.cause ?? e)}`));
  };
  const all = Array.from({ length: concurrency }, one);
  return { seen, stop: async () => { on = false; await Promise.all(all); return seen; } };
}

test("a rolling change under load loses no request", async () => {
  const ref = newRef();
  const one = revision(1, [t.put(tinyModel())]);
  await t.target.apply(spec(ref, [one]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  const traffic = load(() => t.infer(ref));
  await pause(200);
  const two = revision(2, [t.put(tinyModel())]);
  await t.target.apply(spec(ref, [two], { generation: 2 }));
  await t.until(ref, (o) => o.revisions.length === 1 && o.revisions[0]?.n === 2 && o.revisions[0].ready === 1 && o.replicas.every((r) => r.revision === 2 || r.state === "exited"));
  await pause(200);
  const seen = await traffic.stop();
  expect(Object.keys(seen).sort()).toEqual(["200 v1", "200 v2"]);
}, 120_000);

test("a revision that cannot load leaves the old one serving and says why in the runtime's words", async () => {
  const ref = newRef();
  const good = revision(1, [t.put(tinyModel())]);
  await t.target.apply(spec(ref, [good]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  await t.target.apply(spec(ref, [revision(2, [t.put(Buffer.from("broken"))])], { generation: 2 }));
  const failed = await t.until(ref, (o) => (o.revisions.find((r) => r.n === 2)?.consecutiveFailures ?? 0) >= 2);
  const bad = failed.revisions.find((r) => r.n === 2);
  expect(bad?.lastError).toMatchObject({ reason: "LoadFailed", message: expect.stringMatching(/protobuf|model/i) });
  expect(failed.conditions.find((c) => c.type === "BackOff")).toMatchObject({ status: "True", reason: "LoadFailed" });
  expect(await versionOf(await t.infer(ref))).toBe("1");
}, 120_000);

test("a replica killed under load costs at most what it had, and comes back", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())])], { scaling: { min: 2, max: 2, targetConcurrency: 4 } }));
  const before = await t.until(ref, (o) => o.revisions[0]?.ready === 2);
  const traffic = load(() => t.infer(ref));
  await pause(200);
  const victim = before.replicas[0]!.id;
  process.kill(await pidOf(ref, victim), "SIGKILL");
  const after = await t.until(ref, (o) => o.revisions[0]?.ready === 2 && o.replicas.some((r) => r.id === victim && r.state === "failed"));
  expect(after.revisions[0]?.lastError).toMatchObject({ reason: "Crashed", message: expect.stringContaining("SIGKILL") });
  expect(Object.keys(await traffic.stop())).toEqual(["200 v1"]);
}, 120_000);

test("canary weights hold over many requests", async () => {
  const ref = newRef();
  const files = [t.put(tinyModel())];
  await t.target.apply(spec(ref, [revision(1, files, { weight: 80 }), revision(2, files, { weight: 20 })]));
  await t.until(ref, (o) => o.revisions.every((r) => r.ready === 1));
  const versions = await Promise.all(Array.from({ length: 1000 }, async () => versionOf(await t.infer(ref))));
  const canary = versions.filter((v) => v === "2").length;
  // Six standard deviations of a binomial with n = 1000, p = 0.2.
  expect(canary).toBeGreaterThan(124);
  expect(canary).toBeLessThan(276);
  const pinned = await fetch(`${t.serve(ref, "@2")}/v2/models/m`);
  expect(((await pinned.json()) as { versions: string[] }).versions).toEqual(["2"]);
}, 120_000);

test("removing a deployment finishes the request in flight, refuses new ones and leaves no process", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(matrixPowerModel(50))])]));
  const o = await t.until(ref, (x) => x.revisions[0]?.ready === 1);
  const pid = await pidOf(ref, o.replicas[0]!.id);
  const size = 320;
  const slow = t.infer(ref, { inputs: [{ name: "x", datatype: "FP32", shape: [size, size], data: new Array(size * size).fill(0.001) }] });
  await pause(60);
  await t.target.remove(ref);
  await t.target.remove(ref);
  expect((await t.infer(ref)).status).toBe(401);
  expect((await slow).status).toBe(200);
  while ((await t.target.observe(ref)).exists) await pause(20);
  expect(readProcess(pid)).toBeNull();
  expect(await t.target.list()).toEqual([]);
}, 120_000);

test("more memory than the profile ends the replica with the reason in words", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())], { resources: { cpuMillicores: 1000, memoryMib: 48, accelerator: null } })]));
  const o = await t.until(ref, (x) => x.revisions[0]?.lastError != null);
  expect(o.revisions[0]?.lastError).toMatchObject({ reason: "OutOfMemory", message: expect.stringContaining("48 MiB") });
}, 120_000);

test("a runtime that needs a cluster is not placed, and that is said", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())], { runtime: "triton" })]));
  const o = await t.until(ref, (x) => x.revisions[0]?.lastError != null);
  expect(o.revisions[0]?.lastError).toMatchObject({ reason: "Unplaceable", message: expect.stringContaining("triton") });
}, 120_000);

test("stopping and starting again needs no new revision", async () => {
  const ref = newRef();
  const s = spec(ref, [revision(1, [t.put(tinyModel())])]);
  await t.target.apply(s);
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  const none = { min: 0, max: 0, targetConcurrency: 4 };
  const refusal = async () => {
    const refused = await t.infer(ref);
    await t.gateway.sampleNow();
    const { requestsByCode, errorsByCause } = t.batches.flatMap((b) => b.samples).filter((x) => x.deploymentId === ref.id && x.replica.startsWith("gateway-")).at(-1)!;
    return { status: refused.status, retry: refused.headers.get("retry-after"), body: await refused.json(), requestsByCode, errorsByCause };
  };
  await t.target.apply({ ...s, generation: 2, scaling: none, stopped: true });
  await t.until(ref, (o) => o.replicas.every((r) => r.state === "exited"));
  expect(await refusal(), "no request of it, and seen among the errors").toMatchObject({ status: 503, retry: null, body: { code: "not_ready", detail: expect.stringContaining("stopped") }, requestsByCode: {}, errorsByCause: { stopped: 1 } });
  await t.target.apply({ ...s, generation: 3, scaling: none });
  expect(await refusal(), "what should run and does not is a failure").toMatchObject({ status: 503, retry: "1", body: { code: "not_ready" }, requestsByCode: { "503": 1 }, errorsByCause: { stopped: 1, no_replica: 1 } });
  await t.target.apply({ ...s, generation: 4 });
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  expect((await t.infer(ref)).status).toBe(200);
}, 120_000);

/** A revision proves itself with one replica; once it serves, a quiet time takes that one away. */
async function scaledToZero(ref: ReturnType<typeof newRef>): Promise<void> {
  const scaling = { min: 0, max: 1, targetConcurrency: 4, idleSecondsBeforeZero: 0.2 };
  const first = revision(1, [t.put(tinyModel())]);
  await t.target.apply(spec(ref, [first], { scaling }));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  await t.target.apply(spec(ref, [{ ...first, mayScaleToZero: true }], { scaling, generation: 2 }));
  const o = await t.until(ref, (x) => x.replicas.every((r) => r.state === "exited"));
  expect(o.replicas, "what it may do makes no new replica").toHaveLength(1);
  expect(o.conditions).toContainEqual(expect.objectContaining({ type: "Available", status: "False", reason: "ScaledToZero" }));
  // From here on it stays awake for as long as the test looks.
  await t.target.apply(spec(ref, [{ ...first, mayScaleToZero: true }], { scaling: { ...scaling, idleSecondsBeforeZero: 60 }, generation: 3 }));
}

test("a revision that has not served yet keeps its replica, and a gateway that starts anew wakes none that sleeps", async () => {
  const scaling = { min: 0, max: 1, targetConcurrency: 4, idleSecondsBeforeZero: 0 };
  const [fresh, proven] = [newRef(), newRef()];
  await t.target.apply(spec(fresh, [revision(1, [t.put(tinyModel())])], { scaling }));
  await t.target.apply(spec(proven, [revision(1, [t.put(tinyModel())], { mayScaleToZero: true })], { scaling }));
  await t.until(fresh, (o) => o.revisions[0]?.ready === 1);
  expect(await t.target.observe(fresh)).toMatchObject({ revisions: [{ wanted: 1 }] });
  expect(await t.target.observe(proven)).toMatchObject({ revisions: [{ wanted: 0, ready: 0 }], replicas: [] });
}, 120_000);

test("a request to a deployment that is scaled to zero waits for the replica that it starts", async () => {
  const ref = newRef();
  await scaledToZero(ref);
  const answers = await Promise.all([t.infer(ref), t.infer(ref)]);
  expect(answers.map((a) => a.status)).toEqual([200, 200]);
  expect((await t.until(ref, (o) => o.revisions[0]?.ready === 1)).replicas.filter((r) => r.state === "ready")).toHaveLength(1);
}, 120_000);

test("a start from zero that outlasts the hold says that it is under way and when to come back", async () => {
  await t.stop();
  t = await startTestGateway({ coldStartHoldMs: 0 });
  const ref = newRef();
  await scaledToZero(ref);
  const refused = await t.infer(ref);
  expect({ status: refused.status, retry: refused.headers.get("retry-after"), body: await refused.json() }).toMatchObject({ status: 503, retry: "5", body: { code: "not_ready", detail: expect.stringContaining("starting from zero") } });
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  expect((await t.infer(ref)).status).toBe(200);
}, 120_000);

test("a set of files is laid out by its names and taken away with the revision", async () => {
  const ref = newRef();
  const files = [t.put(tinyModel(), "graph/model.onnx"), t.put(Buffer.from("labels"), "labels.txt")];
  await t.target.apply(spec(ref, [revision(1, files)]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  expect((await t.infer(ref)).status).toBe(200);
  await t.target.remove(ref);
  while ((await t.target.observe(ref)).exists) await pause(20);
  const evil = newRef();
  await t.target.apply(spec(evil, [revision(1, [t.put(tinyModel(), "../../model.onnx"), t.put(tinyModel(), "b.onnx")])]));
  const o = await t.until(evil, (x) => x.revisions[0]?.lastError != null);
  expect(o.revisions[0]?.lastError?.message).toContain("unsafe path");
}, 120_000);

test("a set that is wanted again while it is being taken away is whole when its replica starts", async () => {
  const ref = newRef();
  const many = [t.put(tinyModel(), "model.onnx"), ...Array.from({ length: 300 }, (_, i) => t.put(Buffer.from(`${i}`), `parts/${i}.bin`))];
  const [one, two] = [revision(1, many), revision(2, [t.put(tinyModel())])];
  await t.target.apply(spec(ref, [one]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  await t.target.apply(spec(ref, [two], { generation: 2 }));
  await t.until(ref, (o) => o.revisions.length === 1 && o.revisions[0]?.n === 2 && o.replicas.every((r) => r.revision === 2 || r.state === "exited"));
  await t.target.apply(spec(ref, [one], { generation: 3 }));
  const o = await t.until(ref, (x) => x.revisions.some((r) => r.n === 1 && r.ready === 1));
  expect(o.revisions.find((r) => r.n === 1)?.lastError).toBeNull();
}, 120_000);

test("samples carry what the replicas counted and what never reached one", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(tinyModel())])]));
  expect((await t.infer(ref)).status).toBe(503);
  const o = await t.until(ref, (x) => x.revisions[0]?.ready === 1);
  for (let i = 0; i < 5; i++) await (await t.infer(ref, vector(1, 2, 3))).text();
  await t.gateway.sampleNow();
  const samples = t.batches.flatMap((b) => b.samples).filter((s) => s.deploymentId === ref.id);
  const replica = samples.filter((s) => s.replica === o.replicas[0]!.id).at(-1);
  expect(replica).toMatchObject({ project: ref.project, deployment: ref.deployment, revision: 1, state: "ready", requestsByCode: { "200": 5 }, inFlight: 0 });
  expect(replica?.latency.count).toBe(5);
  expect(replica?.rssBytes).toBeGreaterThan(1e6);
  const atGateway = samples.filter((s) => s.replica.startsWith("gateway-")).at(-1);
  expect(atGateway).toMatchObject({ revision: 0, requestsByCode: { "503": 1 }, errorsByCause: { no_replica: 1 } });
}, 120_000);

test("a full queue is a problem document with Retry-After", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(matrixPowerModel(50))], { queueLimit: 1 })]));
  await t.until(ref, (o) => o.revisions[0]?.ready === 1);
  const size = 200;
  const body = { inputs: [{ name: "x", datatype: "FP32", shape: [size, size], data: new Array(size * size).fill(0.001) }] };
  const all = await Promise.all(Array.from({ length: 8 }, () => t.infer(ref, body)));
  const refused = all.find((r) => r.status === 503);
  expect(refused?.headers.get("content-type")).toBe("application/problem+json");
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await refused?.json()).toMatchObject({ code: "queue_full", status: 503 });
}, 120_000);

test("logs are told and followed", async () => {
  const ref = newRef();
  await t.target.apply(spec(ref, [revision(1, [t.put(identityModel("INT64"))])]));
  const abort = new AbortController();
  const seen: string[] = [];
  for await (const line of t.target.logs(ref, { follow: true, tailLines: 100, signal: abort.signal })) {
    seen.push(line.text);
    if (line.text.startsWith("ready after")) break;
  }
  abort.abort();
  expect(seen[0]).toBe("loading the model");
  const again: string[] = [];
  for await (const line of t.target.logs(ref, { follow: false, tailLines: 1 })) again.push(line.text);
  expect(again).toEqual([seen.at(-1)]);
}, 120_000);

/** The pid behind a replica's id, as the gateway's own pid file and the process table tell it. */
async function pidOf(ref: { id: string }, replicaId: string): Promise<number> {
  void ref;
  const { readFileSync } = await import("node:fs");
  const pids = (JSON.parse(readFileSync(`${t.dir}/run/replicas.json`, "utf8")) as { pid: number }[]).map((e) => e.pid);
  const observed = await t.target.observe(ref as never);
  const order = observed.exists ? observed.replicas.filter((r) => r.state !== "failed" && r.state !== "exited").map((r) => r.id) : [];
  const pid = pids[order.indexOf(replicaId)];
  if (pid === undefined) throw new Error(`no pid for ${replicaId}`);
  return pid;
}

test("in its first moments it holds a request until it has been told of the deployment and a replica serves", async () => {
  const fresh = await startTestGateway({ warmUpMs: 30_000 });
  try {
    const ref = newRef();
    const early = fresh.infer(ref);
    await pause(100);
    await fresh.target.apply(spec(ref, [revision(1, [fresh.put(tinyModel())])]));
    expect((await early).status).toBe(200);
  } finally {
    await fresh.stop();
  }
});

test("what a worker that slept asks for changes nothing that was asked for since", async () => {
  const ref = newRef();
  const [one, two] = [revision(1, [t.put(tinyModel())]), revision(2, [t.put(tinyModel())])];
  await t.target.apply(spec(ref, [two], { generation: 2 }));
  await t.target.apply(spec(ref, [one], { generation: 1 }));
  const o = await t.until(ref, (x) => x.revisions[0]?.ready === 1);
  expect([o.generation, o.revisions.map((r) => r.n)]).toEqual([2, [2]]);
});
