import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { prometheusIsHere, recordedPrometheus, type RecordedSeries } from "@/e2e/recorded-prometheus";
import { adviceOf, applyAdvice } from "@/lib/advice/apply-advice";
import { deploymentAdvice, listAdvice } from "@/lib/advice/deployment-advice";
import { deploymentAdviceSchema } from "@/lib/advice/schema";
import { db } from "@/lib/db/client";
import type { Profile } from "@/lib/profiles/schema";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";

// Four days of a cluster's measures, written into a real Prometheus beforehand.
const DAY = 86_400_000;
const DAYS = 4;
const now = new Date(Math.floor(Date.now() / DAY) * DAY + 3_600_000);
useTestDatabase();
let prometheus: Awaited<ReturnType<typeof recordedPrometheus>> | undefined;
let world: Awaited<ReturnType<typeof makeWorld>>;
const ids: Record<string, string> = {};

const price = (value: number) => ({ value, unit: "USD/h" as const, region: "us-east-1", source: "test", asOf: "2026-11-01T00:00:00.000Z", staleAfterDays: 90, ageDays: 1, stale: false, estimate: false });
const profile = (slug: string, cores: number, memoryMib: number, usd: number, gpus: number, name = "L4"): Profile => ({
  slug, name: slug, targetKind: "aws", instanceType: slug, region: "us-east-1", accelerator: gpus === 0 ? null : { name, kind: "gpu", manufacturer: "NVIDIA", count: gpus, memoryMibEach: 23_034 }, capacityType: "on-demand",
  cpuMillicores: cores * 1000, memoryMib, diskGib: 100, diskSizedFromModel: true, architecture: "amd64", price: price(usd), pricePerMonth: usd * 730, priceOnDemand: price(usd), spot: null,
});
const PROFILES = [profile("g6-12x", 47, 180_000, 4.6, 4), profile("g6-x", 3.8, 14_000, 0.8, 1), profile("t4-x", 3.8, 14_000, 0.5, 1, "T4"), profile("c7-4x", 15, 28_000, 0.7, 0), profile("c7-x", 3.8, 6800, 0.17, 0)];
const config = (instance: string) => ({ auth: "eks", instance, region: "us-east-1", clusterName: "c", clusterArn: "arn:aws:eks:us-east-1:111122223333:cluster/c", accountId: "111122223333", endpoint: "https://c.invalid", caData: "", autoMode: false, roleArn: null });

/** A deployment on a cluster, as if revision 2 served there for four days. */
async function onCluster(name: string, target: string, profileSlug: string, replicas: number): Promise<string> {
  const id = await deploy(world.projectId, name, { min: replicas, max: replicas + 1 });
  const [t, p] = await Promise.all([db().target.findUniqueOrThrow({ where: { slug: target } }), db().profile.findUniqueOrThrow({ where: { slug: profileSlug } })]);
  // A revision does not change: the one on the cluster is the second.
  const { id: _first, ...first } = await db().revision.findFirstOrThrow({ where: { deploymentId: id } });
  await db().revision.create({ data: { ...first, number: 2, profileId: p.id, profile: p.body!, config: first.config!, createdAt: new Date(now.getTime() - DAYS * DAY) } });
  await db().deployment.update({ where: { id }, data: { targetId: t.id, stableRevision: 2, desiredRevision: 2, lastRevision: 2 } });
  const usd = (p.body as Profile).price!.value;
  for (let r = 0; r < replicas; r++) await db().replicaInterval.create({ data: { replicaId: `${id}-${r}`, deploymentId: id, projectId: world.projectId, deploymentSlug: name, modelSlug: "iris", profileSlug, revision: 2, priceUsdPerHour: usd, priceNote: "list", estimate: false, startedAt: new Date(now.getTime() - DAYS * DAY), endedAt: null } });
  return (ids[name] = id);
}

/** What the exporters of a cluster would tell of one pod: requests by day only, 40 ms each. */
function podSeries(name: string, n: number, o: { perSecond: number; cores: number; memoryMib: number; gpus?: number; gpuBusy?: number; gpuMemoryMib?: number; exported?: boolean }): RecordedSeries[] {
  const ref = { id: ids[name]!, project: world.slug, projectId: world.projectId, deployment: name };
  const labels = { namespace: namespaceName(ref, { namespacePrefix: "slipway", instance: "testtest" }), pod: `${deploymentName(ref)}-r2-5d9f7-${n}` };
  const byDay = (value: number) => (t: Date) => (t.getUTCHours() >= 6 && t.getUTCHours() < 20 ? value : 0);
  const requests = byDay(o.perSecond * 300);
  const gpuLabels = o.exported ? { namespace: "gpu-operator", pod: `dcgm-${n}`, exported_namespace: labels.namespace, exported_pod: labels.pod } : labels;
  return [
    { metric: "slipway_requests_total", labels: { ...labels, code: "200" }, counter: true, at: requests },
    { metric: "slipway_request_duration_seconds_sum", labels, counter: true, at: (t) => requests(t) * 0.04 }, { metric: "slipway_request_duration_seconds_count", labels, counter: true, at: requests },
    ...["0.025", "0.05", "+Inf"].map((le): RecordedSeries => ({ metric: "slipway_request_duration_seconds_bucket", labels: { ...labels, le }, counter: true, at: (t) => (le === "+Inf" || Number(le) >= 0.05 ? requests(t) : 0) })),
    { metric: "container_cpu_usage_seconds_total", labels: { ...labels, container: "server" }, counter: true, at: byDay(o.cores * 300) }, { metric: "container_memory_working_set_bytes", labels: { ...labels, container: "server" }, at: () => o.memoryMib * 1024 ** 2 },
    ...Array.from({ length: o.gpus ?? 0 }, (_, gpu): RecordedSeries[] => [
      { metric: "DCGM_FI_DEV_GPU_UTIL", labels: { ...gpuLabels, gpu: String(gpu) }, at: byDay(gpu === 0 ? o.gpuBusy! * 100 : 0) }, { metric: "DCGM_FI_DEV_FB_USED", labels: { ...gpuLabels, gpu: String(gpu) }, at: () => (gpu === 0 ? o.gpuMemoryMib! : 4) },
    ]).flat(),
  ];
}

beforeAll(async () => {
  if (!prometheusIsHere) return;
  world = await makeWorld();
  for (const p of PROFILES) await db().profile.create({ data: { slug: p.slug, body: p, targetKind: "aws" } });
  for (const slug of ["silent", "eks"]) await db().target.create({ data: { slug, name: slug, kind: "eks", config: config("testtest") } });
  await onCluster("vision", "eks", "g6-12x", 1);
  await onCluster("unused-gpu", "eks", "g6-x", 1);
  await onCluster("tabular", "eks", "c7-4x", 3);
  await onCluster("blind", "eks", "g6-x", 1);
  await onCluster("elsewhere", "silent", "c7-x", 1);
  prometheus = await recordedPrometheus([
    ...podSeries("vision", 1, { perSecond: 4, cores: 1.5, memoryMib: 3000, gpus: 4, gpuBusy: 0.3, gpuMemoryMib: 6000, exported: true }),
    ...podSeries("unused-gpu", 1, { perSecond: 2, cores: 2, memoryMib: 3000, gpus: 1, gpuBusy: 0, gpuMemoryMib: 4 }),
    ...[1, 2, 3].flatMap((n) => podSeries("tabular", n, { perSecond: 5, cores: 0.6, memoryMib: 1500 })),
  ], new Date(now.getTime() - DAYS * DAY), now);
  const eks = await db().target.findUniqueOrThrow({ where: { slug: "eks" } });
  await db().targetMetricsSource.create({ data: { targetId: eks.id, kind: "prometheus", config: { kind: "prometheus", url: prometheus.url, auth: { type: "none" }, scrapeIntervalSeconds: 300 } } });
}, 120_000);
afterAll(() => prometheus?.stop());

it.skipIf(!prometheusIsHere)("reads GPUs, cores, memory and requests from a cluster's Prometheus, and names what would do as well for less", async () => {
  const vision = deploymentAdviceSchema.parse(await deploymentAdvice(ids.vision!, now));
  expect(vision.observed).toMatchObject({ source: "prometheus", profile: "g6-12x", gpu: { name: "L4", count: 4, memoryMibEach: 23_034, peakMemoryMib: 6000 }, peakMemoryMib: 3000, busyBy: "requests" });
  const o = vision.observed!;
  expect(o.days).toBeCloseTo(DAYS, 1);
  // 4 a second for 14 hours a day.
  expect(o.predictions! / (4 * 14 * 3600 * DAYS)).toBeCloseTo(1, 2);
  expect(o.gpu!.peakBusy).toBeCloseTo(0.3, 2);
  expect(o.peakCpuCores).toBeCloseTo(1.5, 2);
  expect(o.quietByHour![2]).toBe(1);
  expect(o.quietByHour![12]).toBe(0);
  // Neither the T4, whose speed nobody measured, nor a profile without a GPU: one of the four L4s does.
  expect(vision.items).toMatchObject([{ kind: "profile", change: { profile: "g6-x" }, monthlySavingUsd: 2774, confidence: "low" }]);
  expect(vision.items[0]!.why).toContain("of its 4 GPUs were at work");
  expect(vision.items[0]!.expectedP95.seconds).toBeGreaterThan(0.025);
  expect(vision.items[0]!.expectedP95.seconds).toBeLessThanOrEqual(0.05);
  expect(vision.withheld).toEqual([expect.stringMatching(/a way to sleep, although 39% of the time had no request: scaling to zero needs KEDA/)]);

  const unused = await deploymentAdvice(ids["unused-gpu"]!, now);
  expect(unused.items.map((i) => i.change)).toEqual([{ profile: "c7-x" }]);
  expect(unused.items[0]!.why).toContain("Its GPU was never at work.");

  const tabular = await deploymentAdvice(ids.tabular!, now);
  // Three pods of 5 a second, 40 ms each: 0.6 requests in work at once; 0.6 cores each, so one small one does for each pod.
  expect(tabular.observed).toMatchObject({ busyBy: "requests", gpu: null });
  expect(tabular.observed!.peakBusy).toBeCloseTo(0.6, 2);
  expect(tabular.items.map((i) => i.change)).toEqual([{ profile: "c7-x" }, { scaling: { min: 1, max: 4 } }]);
});

it.skipIf(!prometheusIsHere)("says what is missing where a cluster has no source, its pods no series or its gateway KEDA, and takes advice as a normal revision", async () => {
  expect((await deploymentAdvice(ids.elsewhere!, now)).withheld).toEqual([expect.stringContaining("silent has no metrics source")]);
  expect((await deploymentAdvice(ids.blind!, now)).withheld).toEqual([expect.stringContaining("has no series of its pods")]);
  await db().target.update({ where: { slug: "eks" }, data: { settings: { keda: true, prometheusUrl: "http://p:9090", ingress: { kind: "gateway", gatewayName: "g", gatewayNamespace: "edge", hostname: "models.example.com" } } } });
  const vision = await deploymentAdvice(ids.vision!, now);
  expect(vision.items.map((i) => i.kind)).toEqual(["profile", "sleep"]);
  expect(vision.items[1]!.why).toMatch(/mostly from 20:00 to 06:00 UTC/);
  expect((await listAdvice([{ id: world.projectId }], now)).items.map((i) => i.deployment)).toEqual(expect.arrayContaining(["vision", "unused-gpu", "tabular"]));

  await applyAdvice(tester, { id: world.projectId }, { id: ids.vision!, slug: "vision" }, null, await adviceOf(ids.vision!, "profile", now));
  expect(await db().revision.findFirstOrThrow({ where: { deploymentId: ids.vision! }, orderBy: { number: "desc" } })).toMatchObject({ number: 3, profile: { slug: "g6-x" } });
});

it.skipIf(!prometheusIsHere)("a source that is gone is said, and costs no other cluster its advice", async () => {
  const eks = await db().target.findUniqueOrThrow({ where: { slug: "eks" } });
  await db().targetMetricsSource.update({ where: { targetId: eks.id }, data: { config: { kind: "prometheus", url: "http://127.0.0.1:9", auth: { type: "none" }, scrapeIntervalSeconds: 300 } } });
  expect((await deploymentAdvice(ids.tabular!, now)).withheld).toEqual([expect.stringMatching(/^The metrics source of eks could not be read\. /)]);
});
