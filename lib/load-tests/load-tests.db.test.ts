import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { readStatus } from "@/lib/deployments/stored-status";
import { createLoadTest } from "@/lib/load-tests/create-load-test";
import { driveStep, type DriveStep } from "@/lib/load-tests/drive-step";
import { claimLoadTest, endAbandoned, keepSteps, LOAD_TEST_LEASE_MS } from "@/lib/load-tests/load-test-lease";
import { getLoadTest, listLoadTests } from "@/lib/load-tests/read-load-tests";
import { runLoadTests } from "@/lib/load-tests/run-load-tests";
import { createLoadTestSchema } from "@/lib/load-tests/schema";
import { stopLoadTest } from "@/lib/load-tests/stop-load-test";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase();
let refuse = false;
const agents = new Set<string>();
const server = http.createServer((q, r) => {
  agents.add(String(q.headers["user-agent"]));
  q.resume().on("end", () => (refuse ? r.writeHead(503, { "content-type": "application/problem+json" }).end('{"code":"queue_full"}') : r.writeHead(200).end("{}")));
});
const reach = async () => ({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/models/iris/infer`, bearer: null, local: true });
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
beforeEach(() => void (refuse = false));
afterAll(() => void server.close());

const input = (plan: object = { loop: "closed", concurrency: [1, 2], secondsPerStep: 1, warmUpSeconds: 0 }) => createLoadTestSchema.parse({ plan, request: { inputs: [{ name: "input", shape: [1, 4], datatype: "FP32", data: [1, 2, 3, 4] }] }, confirmed: true });

/** A deployment with one replica that serves, as the reconciler would write it. */
async function ready() {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const { status } = await db().deployment.findUniqueOrThrow({ where: { id } });
  const revisions = [{ n: 1, weight: 100, wanted: 1, starting: 0, ready: 1, consecutiveFailures: 0, nextAttemptAt: null, lastError: null }];
  await db().deployment.update({ where: { id }, data: { stableRevision: 1, status: { ...readStatus(status), revisions } } });
  return { projectId, id };
}

it("runs once however many workers there are, keeps each step, marks it on the timeline and carries its label", async () => {
  const { projectId, id } = await ready();
  const test = await createLoadTest(tester, projectId, "iris", input());
  expect(test).toMatchObject({ state: "queued", subject: { profile: "local-small", pricePerHour: 0.05, requestKind: "own" } });
  const ran = await Promise.all(["a", "b", "c"].map((owner) => runLoadTests({ owner, drive: driveStep, reach })));
  expect(ran.reduce((a, b) => a + b)).toBe(1);
  const done = await getLoadTest(projectId, "iris", test.id, { percentile: "p99", targetMs: 10_000 });
  expect(done).toMatchObject({ state: "done", error: null, steps: [{ load: 1, failed: 0, replicas: 1 }, { load: 2, failed: 0, replicas: 1 }], atTarget: { step: expect.any(Number), costPer1000: expect.any(Number) } });
  for (const s of done.steps) expect(s.costPer1000).toBeCloseTo((0.05 / 3600 / s.throughput) * 1000, 12);
  expect([...agents]).toEqual([`slipway-load-test/${test.id}`]);
  expect((await db().deploymentEvent.findMany({ where: { deploymentId: id, reason: { startsWith: "LoadTest" } }, orderBy: { id: "asc" } })).map((e) => e.reason)).toEqual(["LoadTestStarted", "LoadTestEnded"]);
  expect((await listLoadTests(projectId, "iris", { limit: 10, percentile: "p95" })).items.map((t) => t.id)).toEqual([test.id]);
});

it("of twenty that ask at once one gets a test; it is refused without a replica and with a request that cannot be made", async () => {
  const { projectId, id } = await ready();
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => createLoadTest(tester, projectId, "iris", input())));
  expect(asked.filter((a) => a.status === "fulfilled")).toHaveLength(1);
  for (const a of asked) if (a.status === "rejected") expect(a.reason).toMatchObject({ code: "conflict" });
  await expect(createLoadTest(tester, projectId, "iris", { ...input(), request: undefined })).rejects.toMatchObject({ code: "unprocessable" });
  await db().loadTest.deleteMany({ where: { deploymentId: id } });
  await db().deployment.update({ where: { id }, data: { status: {} } });
  await expect(createLoadTest(tester, projectId, "iris", input())).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("no replica") });
});

it("a killed worker's test ends as interrupted with what it had measured, and is never begun again", async () => {
  const { projectId } = await ready();
  const { id } = await createLoadTest(tester, projectId, "iris", input());
  const now = new Date();
  const claimed = (await claimLoadTest("dead", now))!;
  expect(claimed.id).toBe(id);
  const step = { load: 1, throughput: 3 } as never;
  expect(await keepSteps(claimed, "dead", [step])).toBe(true);
  expect(await endAbandoned(new Date(now.getTime() + LOAD_TEST_LEASE_MS - 1))).toBe(0);
  const counts = await Promise.all(Array.from({ length: 4 }, () => endAbandoned(new Date(now.getTime() + LOAD_TEST_LEASE_MS))));
  expect(counts.reduce((a, b) => a + b)).toBe(1);
  expect(await getLoadTest(projectId, "iris", id)).toMatchObject({ state: "interrupted", steps: [{ load: 1 }] });
  expect(await keepSteps(claimed, "dead", [step, step])).toBe(false);
  expect(await claimLoadTest("next", new Date())).toBeNull();
});

it("stops while it sends, keeps what ended, and a second stop is success", async () => {
  const { projectId } = await ready();
  const { id } = await createLoadTest(tester, projectId, "iris", input());
  let driven = 0;
  const drive: DriveStep = async (order, o) => {
    if (++driven === 1) return driveStep({ ...order, seconds: 0.05 }, o);
    await stopLoadTest(tester, projectId, "iris", id);
    await new Promise((aborted) => o.signal.addEventListener("abort", aborted));
    return driveStep(order, o);
  };
  await runLoadTests({ owner: "w", drive, reach });
  expect(await getLoadTest(projectId, "iris", id)).toMatchObject({ state: "stopped", steps: [{ load: 1 }] });
  expect((await stopLoadTest(tester, projectId, "iris", id)).state).toBe("stopped");
});

it("ends once more than half of a step fails, and says the cause", async () => {
  const { projectId } = await ready();
  const { id } = await createLoadTest(tester, projectId, "iris", input());
  refuse = true;
  await runLoadTests({ owner: "w", drive: (order, o) => driveStep({ ...order, seconds: 0.05 }, o), reach });
  const test = await getLoadTest(projectId, "iris", id);
  expect(test).toMatchObject({ state: "done", error: expect.stringContaining("More than half of step 1 failed") });
  expect(test.steps.map((s) => Object.keys(s.errorsByCause))).toEqual([["queue_full"]]);
});
