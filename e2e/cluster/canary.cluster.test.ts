import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually } from "@/e2e/cluster/eventually";
import { freePorts } from "@/lib/net/free-ports";
import { PodServers, type Pod } from "@/e2e/cluster/pod-servers";
import { Program } from "@/e2e/cluster/program";
import { kubectlJson, ownCluster } from "@/e2e/cluster/under-test";
import { ofProject, WeightedEdge, type AlbIngress, type EndpointSlice, type HttpRoute } from "@/e2e/cluster/weighted-edge";
import { operator, WorkerRig } from "@/e2e/cluster/worker-rig";
import { db } from "@/lib/db/client";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { setDigest } from "@/lib/models/set-digest";
import { putSource } from "@/lib/observability/sources/put-source";
import { putMetricsSourceSchema } from "@/lib/observability/sources/schema";
import { buildAddOneModel, floatTensor, initializer, intAttribute, model, node, port } from "@/lib/samples/build-onnx";
import { createTarget } from "@/lib/targets-catalogue/create-target";
import { ProcessRecord } from "@/services/supervisor/leftovers";

// Three canaries at once, each judged by what a real Prometheus scraped from real model servers, one beside each pod; the requests follow the
// weights that stand on the API server, on an HTTPRoute and on an Ingress of the ALB.
const PROMETHEUS = process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus";
const able = inject("cluster").own && fs.existsSync(PROMETHEUS);
const HOST = "models.example.com";
const PLAN = { stepSeconds: 10, minRequests: 20, errorRate: { max: 0.05 }, p99: { maxSeconds: 30 } };
/** Of `makeWorld`'s versions. */
const digestOf = (version: number) => setDigest([{ path: "model.onnx", sizeBytes: 276, sha256: `${version}`.repeat(64) }]);
const MODELS = new Map([[digestOf(1), buildAddOneModel({ size: 4 })], [digestOf(2), failing()], [digestOf(3), slow()]]);

/** It loads, and fails at each request through no fault of the caller: it counts from 0 to 1 in steps of nothing. */
function failing(): Uint8Array {
  return model([
    node("Sub", ["input", "input"], ["nothing"]), node("ReduceSum", ["nothing"], ["zero"], intAttribute("keepdims", 0)), node("Range", ["from", "to", "zero"], ["output"]),
    initializer(floatTensor("from", [], [0])), initializer(floatTensor("to", [], [1])), port(11, "input", ["batch", 4]), port(12, "output", ["n"]),
  ]);
}

/** It takes what the first one takes, and has 2,000 multiplications of 256 × 256 to do: at the very least 5 ms on any machine. */
function slow(): Uint8Array {
  const [size, repeats] = [256, 2000];
  const values = Float32Array.from({ length: size * size }, (_, i) => ((i * 31) % 17) / (17 * size));
  const steps = Array.from({ length: repeats }, (_, i) => node("MatMul", [i === 0 ? "wide" : `s${i}`, "matrix"], [i === repeats - 1 ? "output" : `s${i + 1}`]));
  return model([node("MatMul", ["input", "widen"], ["wide"]), ...steps, initializer(floatTensor("widen", [4, size], values.subarray(0, 4 * size))), initializer(floatTensor("matrix", [size, size], values)), port(11, "input", ["batch", 4]), port(12, "output", ["batch", size])]);
}

let rig: WorkerRig;
let prometheus: Program;
let servers: PodServers;
let edge: WeightedEdge;
const ending = new AbortController();
const background: Promise<void>[] = [];
/** Answers of each deployment, by status. */
const answers = new Map<string, Map<number, number>>();

const TARGETS = { good: "cluster", failing: "cluster", slow: "by-alb" };
const pathOf = (slug: string) => `/serve/harbour-canary/${slug}`;
const ask = (slug: string) => edge.post(`${pathOf(slug)}/v2/models/${slug}/infer`, { inputs: [{ name: "input", datatype: "FP32", shape: [1, 4], data: [1, 2, 3, 4] }] });
const statusOf = async (slug: string) => (await getDeployment(rig.projectId, slug)).deployment.status;
const canaryOf = async (slug: string) => (await statusOf(slug)).canary;
const idOf = async (slug: string) => (await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId: rig.projectId, slug } }, select: { id: true } })).id;
/** The weights that the route has now, by revision. */
const weightsOf = (slug: string) => Object.fromEntries(Object.entries(edge.weights(pathOf(slug))).map(([service, weight]) => [service.replace(/.*-r/, "r"), weight]));

/** Every split that a route was seen with: a step may be over before a slow machine looks again. */
const seen = new Map<string, Set<string>>();
const written = (weights: Record<string, number>) => JSON.stringify(Object.entries(weights).sort());
const wasSplit = (slug: string, weights: Record<string, number>) => seen.get(slug)?.has(written(weights)) ?? false;

async function follow(): Promise<void> {
  while (!ending.signal.aborted) {
    // What cannot be read now is read at the next turn.
    await look().catch((error: unknown) => console.warn(error));
    await sleep(500);
  }
}

async function look(): Promise<void> {
  const { items } = kubectlJson<{ items: (Pod | HttpRoute | AlbIngress | EndpointSlice)[] }>(["get", "pods,httproutes,ingresses,endpointslices", "-A", "-l", ofProject(rig.projectId)]);
  await servers.follow(items.filter((o) => o.kind === "Pod"));
  edge.follow(items.filter((o) => o.kind === "HTTPRoute" || o.kind === "Ingress"), items.filter((o) => o.kind === "EndpointSlice"));
  for (const slug of Object.keys(TARGETS)) seen.set(slug, (seen.get(slug) ?? new Set()).add(written(weightsOf(slug))));
}

async function call(slug: string): Promise<void> {
  const statuses = new Map<number, number>();
  answers.set(slug, statuses);
  while (!ending.signal.aborted) {
    const { status } = await ask(slug);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    await sleep(25);
  }
}

beforeAll(async () => {
  if (!able) return;
  rig = await WorkerRig.start(fs.readFileSync(ownCluster().kubeconfig, "utf8"), "harbour-canary", { ingress: { kind: "gateway", gatewayName: "test", gatewayNamespace: "default", hostname: HOST } });
  await createTarget(operator, { name: "by-alb", connection: { type: "kubeconfig", kubeconfig: fs.readFileSync(ownCluster().kubeconfig, "utf8"), context: "test" }, settings: { nodes: "any", ingress: { kind: "alb", hostname: HOST, scheme: "internal", certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" } } });
  const [listen] = await freePorts(1);
  const scraped = path.join(rig.dir, "targets.json");
  servers = new PodServers({ dir: rig.dir, program: path.join(rig.bundles, "model-server-pod.mjs"), models: MODELS, scraped });
  edge = new WeightedEdge((pod) => servers.address(pod));
  const config = path.join(rig.dir, "prometheus.yml");
  fs.writeFileSync(config, JSON.stringify({ global: { scrape_interval: "1s" }, scrape_configs: [{ job_name: "pods", file_sd_configs: [{ files: [scraped], refresh_interval: "1s" }] }] }));
  prometheus = new Program({ name: "prometheus", file: PROMETHEUS, args: [`--config.file=${config}`, `--storage.tsdb.path=${path.join(rig.dir, "tsdb")}`, `--web.listen-address=127.0.0.1:${listen}`], logFile: path.join(rig.dir, "prometheus.log"), record: new ProcessRecord(path.join(rig.dir, "processes.json")) });
  prometheus.start();
  await eventually(async () => expect((await fetch(`http://127.0.0.1:${listen}/-/ready`)).ok).toBe(true));
  for (const target of ["cluster", "by-alb"]) await putSource(operator, target, putMetricsSourceSchema.parse({ kind: "prometheus", url: `http://127.0.0.1:${listen}`, scrapeIntervalSeconds: 1 }));
  background.push(follow());
});
afterAll(async () => {
  ending.abort();
  await Promise.all(background);
  servers?.stop();
  await prometheus?.stop();
  await rig?.dispose();
});

test.skipIf(!able)("canaries are promoted and rolled back by errors and by p99, measured by Prometheus, over HTTPRoute and Ingress (needs kwok and Prometheus)", async () => {
  const worker = rig.worker();
  for (const [slug, target] of Object.entries(TARGETS)) await createDeployment(operator, rig.projectId, { name: slug, model: "iris", version: 1, target, profile: "cluster-small", environment: "dev", scaling: { min: 1, max: 1 } });
  const ids = await Promise.all(Object.keys(TARGETS).map(idOf));
  await Promise.all(ids.map((id) => rig.settled(id)));
  for (const slug of Object.keys(TARGETS)) await eventually(async () => expect(await ask(slug)).toMatchObject({ status: 200 }));
  background.push(...Object.keys(TARGETS).map(call));

  await updateDeployment(operator, rig.projectId, "good", null, { env: { COLOUR: "green" }, canary: { ...PLAN, steps: [20, 60] } });
  await updateDeployment(operator, rig.projectId, "failing", null, { version: 2, canary: { ...PLAN, steps: [50] } });
  await updateDeployment(operator, rig.projectId, "slow", null, { version: 3, canary: { ...PLAN, steps: [50], p99: { maxSeconds: 0.005 } } });

  // The share stands on the API server while the step lasts; a worker that is killed in it is followed by another.
  await eventually(() => expect(wasSplit("good", { r1: 80, r2: 20 })).toBe(true));
  await eventually(() => expect(wasSplit("slow", { r1: 50, r2: 50 })).toBe(true));
  await rig.kill(worker);
  rig.startWorker();

  await eventually(async () => expect((await canaryOf("failing"))?.state).toBe("rolledBack"));
  await eventually(async () => expect((await canaryOf("slow"))?.state).toBe("rolledBack"));
  await eventually(() => expect(wasSplit("good", { r1: 40, r2: 60 })).toBe(true));
  await eventually(async () => expect((await canaryOf("good"))?.state).toBe("promoted"));
  await Promise.all(ids.map((id) => rig.settled(id)));
  await eventually(() => expect(["good", "failing", "slow"].map(weightsOf)).toEqual([{ r2: 100 }, { r1: 100 }, { r1: 100 }]));

  const [good, bad, late] = await Promise.all(["good", "failing", "slow"].map(canaryOf));
  expect(bad).toMatchObject({ reason: expect.stringMatching(/ % of \d+ requests failed; the limit is 5 %/) });
  // A scrape may fall between the two counters of one request.
  expect(bad!.measured!.canary.errors! / bad!.measured!.canary.requests!).toBeGreaterThan(0.9);
  expect(late).toMatchObject({ reason: expect.stringMatching(/p99 is .* over \d+ requests; the limit is 5 ms/) });
  expect(late!.measured!.canary).toMatchObject({ errors: 0, p99Seconds: expect.toSatisfy((s: number) => s > 0.005) });
  expect(good!.measured!.canary).toMatchObject({ errors: 0, requests: expect.toSatisfy((n: number) => n >= 20) });
  expect(await statusOf("good")).toMatchObject({ stableRevision: 2, desiredRevision: 2, canaryWeight: null });
  for (const slug of ["failing", "slow"]) expect(await statusOf(slug)).toMatchObject({ stableRevision: 1, desiredRevision: 1, canaryWeight: null });
  // A step that has too few requests yet waits, and says so: on a slow machine it may.
  const reasons = async (slug: string) => (await db().deploymentEvent.findMany({ where: { deploymentId: await idOf(slug), reason: { startsWith: "Canary", not: "CanaryWaits" } }, orderBy: [{ at: "asc" }, { id: "asc" }] })).map((e) => e.reason);
  expect(await reasons("good")).toEqual(["Canary", "CanaryPassed", "Canary", "CanaryPassed", "CanaryPromoted"]);
  for (const slug of ["failing", "slow"]) expect(await reasons(slug)).toEqual(["Canary", "CanaryRolledBack"]);
  for (const slug of Object.keys(TARGETS)) await eventually(async () => expect((await ask(slug)).status).toBe(200));
  console.info(`canaries: good ${JSON.stringify(good!.measured!.canary)}; failing ${bad!.reason}; slow ${late!.reason} answers ${JSON.stringify([...answers].map(([slug, statuses]) => [slug, Object.fromEntries(statuses)]))}`);
  for (const slug of Object.keys(TARGETS)) await deleteDeployment(operator, rig.projectId, slug);
  await Promise.all(ids.map((id) => rig.settled(id)));
});
