import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAddOneModel, floatTensor, initializer, intAttribute, model, node, port } from "@/lib/samples/build-onnx";
import { Instance } from "./instance";

// Two canaries at once on real replicas, judged by what was really measured of them, while the worker is killed.
const P = "/api/v1/projects/harbour";
const d = (name: string, rest = "") => `${P}/deployments/${name}${rest}`;
type Deployment = { phase: string; status: { stableRevision: number; desiredRevision: number; canaryWeight: number | null; canary: { state: string; reason: string; measured: { canary: { requests: number; errors: number } } } | null } };

/** It loads, and fails at each request through no fault of the caller: it counts from 0 to 1 in steps of nothing. */
function buildFailingModel(): Uint8Array {
  return model([
    node("Sub", ["input", "input"], ["nothing"]), node("ReduceSum", ["nothing"], ["zero"], intAttribute("keepdims", 0)), node("Range", ["from", "to", "zero"], ["output"]),
    initializer(floatTensor("from", [], [0])), initializer(floatTensor("to", [], [1])), port(11, "input", ["batch", 4]), port(12, "output", ["n"]),
  ]);
}

let slipway: Instance;
const counted = new Map<string, Map<number, number>>();
const ending = new AbortController();
const callers: Promise<void>[] = [];

/** Calls a deployment until the end, and counts what it is answered. */
async function call(name: string): Promise<void> {
  const seen = new Map<number, number>();
  counted.set(name, seen);
  while (!ending.signal.aborted) {
    const { status } = await slipway.api("POST", `/serve/harbour/${name}/v2/models/${name}/infer`, { inputs: [{ name: "input", datatype: "FP32", shape: [1, 4], data: [1, 2, 3, 4] }] });
    seen.set(status, (seen.get(status) ?? 0) + 1);
    await sleep(20);
  }
}

const read = async (name: string) => (await slipway.must<Deployment>("GET", d(name)));

beforeAll(async () => {
  slipway = await Instance.start();
  await slipway.must("POST", "/api/v1/projects", { name: "harbour" });
  await slipway.must("POST", `${P}/models`, { name: "sums" });
  for (const bytes of [buildAddOneModel({ size: 4 }), buildFailingModel(), buildAddOneModel({ size: 4 })]) await slipway.must("POST", `${P}/models/sums/versions?filename=m.onnx`, bytes);
  for (const name of ["good", "bad"]) await slipway.must("POST", `${P}/deployments`, { name, model: "sums", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
  for (const name of ["good", "bad"]) await slipway.until("GET", d(name), (a) => a.json.phase === "Ready");
});
afterAll(async () => {
  ending.abort();
  await Promise.all(callers);
  await slipway?.stop();
  await slipway?.dispose();
});

describe("canaries on this machine", () => {
  it("one whose requests fail is rolled back by itself and a good one is promoted, although the worker is killed meanwhile", async () => {
    const canary = { steps: [50], stepSeconds: 10, minRequests: 20, errorRate: { max: 0.05 }, p99: { maxSeconds: 30 } };
    for (const name of ["good", "bad"]) {
      callers.push(call(name));
      const now = await slipway.api("GET", d(name));
      await slipway.must("PATCH", d(name), { ...(name === "bad" ? { version: 2 } : { env: { COLOUR: "green" } }), canary }, { "if-match": now.headers.get("etag")! });
    }
    await slipway.until("GET", d("good"), (a) => (a.json as unknown as Deployment).status.canary?.state === "running" && (a.json as unknown as Deployment).status.canaryWeight === 50);
    expect(slipway.kill(/dist\/worker\.mjs/)).toBeGreaterThan(0);
    await slipway.until("GET", d("bad"), (a) => (a.json as unknown as Deployment).status.canary?.state === "rolledBack");
    const bad = await read("bad");
    expect(bad.status).toMatchObject({ stableRevision: 1, desiredRevision: 1, canaryWeight: null, canary: { reason: expect.stringMatching(/100 % of \d+ requests failed; the limit is 5 %/) } });
    expect(bad.status.canary!.measured.canary.errors).toBeGreaterThanOrEqual(20);
    await slipway.until("GET", d("bad"), (a) => a.json.phase === "Ready");
    await slipway.until("GET", d("good"), (a) => (a.json as unknown as Deployment).status.canary?.state === "promoted");
    expect((await read("good")).status).toMatchObject({ stableRevision: 2, desiredRevision: 2, canaryWeight: null });

    const reasons = async (name: string) => (await slipway.must<{ items: { reason: string }[] }>("GET", d(name, "/events"))).items.map((e) => e.reason).filter((r) => r.startsWith("Canary")).reverse();
    expect(await reasons("bad")).toEqual(["Canary", "CanaryRolledBack"]);
    expect(await reasons("good")).toEqual(["Canary", "CanaryPassed", "CanaryPromoted"]);
    // Nobody who asked the good one was refused for it, and the bad one answers again.
    expect([...counted.get("good")!.keys()]).toEqual([200]);
    expect((await slipway.api("POST", "/serve/harbour/bad/v2/models/bad/infer", { inputs: [{ name: "input", datatype: "FP32", shape: [1, 4], data: [1, 2, 3, 4] }] })).status).toBe(200);
    console.info(`canary: bad rolled back after ${bad.status.canary!.measured.canary.errors} failed requests of its own; answers of the bad one ${JSON.stringify([...counted.get("bad")!])}, of the good one ${JSON.stringify([...counted.get("good")!])}`);
  });
});
