import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { prometheusIsHere, recordedPrometheus, type RecordedSeries } from "@/e2e/recorded-prometheus";
import { useTestDatabase } from "@/e2e/use-test-database";
import { collectClusterUse } from "@/lib/costs/cluster-use/collect-cluster-use";
import { costsOf } from "@/lib/costs/costs-of";
import { deploymentCosts } from "@/lib/costs/deployment-costs";
import { costSummary } from "@/lib/costs/summary/cost-summary";
import { exportCosts } from "@/lib/costs/summary/export-costs";
import { db } from "@/lib/db/client";
import { askDatadog, type AskDatadog } from "@/lib/observability/datadog/ask";
import { askOf, type Ask, type PrometheusConnection } from "@/lib/observability/prometheus/ask";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";

// Two and a half days of one pod, written into a real Prometheus beforehand: a request a second of 40 ms, every tenth fails.
const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;
const now = new Date(today + DAY / 2);
const began = new Date(today - 2 * DAY);
useTestDatabase();
let prometheus: Awaited<ReturnType<typeof recordedPrometheus>> | undefined;
let world: Awaited<ReturnType<typeof makeWorld>>;
let id: string;
const warn = vi.fn();
const summary = (over: object = {}) => costSummary([{ id: world.projectId, slug: world.slug }], { period: "7d", by: "deployment", ...over }, now);

beforeAll(async () => {
  if (!prometheusIsHere) return;
  world = await makeWorld();
  const target = await db().target.create({ data: { slug: "eks", name: "eks", kind: "eks", config: { auth: "eks", instance: "testtest", region: "us-east-1", clusterName: "c", clusterArn: "arn:aws:eks:us-east-1:111122223333:cluster/c", accountId: "111122223333", endpoint: "https://c.invalid", caData: "", autoMode: false, roleArn: null } } });
  id = await deploy(world.projectId, "ranker");
  const { id: _first, ...first } = await db().revision.findFirstOrThrow({ where: { deploymentId: id } });
  await db().revision.create({ data: { ...first, number: 2, profile: first.profile!, config: first.config! } });
  await db().deployment.update({ where: { id }, data: { targetId: target.id, stableRevision: 2, desiredRevision: 2, lastRevision: 2 } });
  await db().replicaInterval.create({ data: { replicaId: "r", deploymentId: id, projectId: world.projectId, deploymentSlug: "ranker", modelSlug: "iris", profileSlug: "g6-xlarge", revision: 2, priceUsdPerHour: 1, priceNote: "list", estimate: false, startedAt: began, endedAt: null } });
  const ref = { id, project: world.slug, projectId: world.projectId, deployment: "ranker" };
  const labels = { namespace: namespaceName(ref, { namespacePrefix: "slipway", instance: "testtest" }), pod: `${deploymentName(ref)}-r2-5d9f7-x` };
  const grows = (metric: string, by: number, more: Record<string, string> = {}): RecordedSeries => ({ metric, labels: { ...labels, ...more }, counter: true, at: () => by });
  prometheus = await recordedPrometheus([
    grows("slipway_requests_total", 270, { code: "200" }), grows("slipway_requests_total", 30, { code: "500" }), grows("slipway_errors_total", 30, { cause: "runtime" }),
    grows("slipway_request_duration_seconds_sum", 12), grows("slipway_request_duration_seconds_count", 300),
    ...[["0.025", 0], ["0.05", 300], ["+Inf", 300]].map(([le, by]) => grows("slipway_request_duration_seconds_bucket", Number(by), { le: String(le) })),
  ], began, now);
  await db().targetMetricsSource.create({ data: { targetId: target.id, kind: "prometheus", config: { kind: "prometheus", url: prometheus.url, auth: { type: "none" }, scrapeIntervalSeconds: 300 } } });
}, 120_000);
afterAll(() => prometheus?.stop());

it.skipIf(!prometheusIsHere)("predictions, idle and p95 of a deployment on a cluster come from its Prometheus, by day", async () => {
  expect((await summary()).total).toMatchObject({ total: 60, idle: null, predictions: null });
  await collectClusterUse(now, { warn });
  const { total, days, groups, p95Note } = await summary();
  const yesterday = days.at(-2)!;
  expect(yesterday.total).toBe(24);
  expect(yesterday.predictions! / (0.9 * 86_400)).toBeCloseTo(1, 2);
  expect(yesterday.used! / (24 * 0.04)).toBeCloseTo(1, 2);
  expect(yesterday.p95Seconds).toBeGreaterThan(0.025);
  expect(yesterday.p95Seconds).toBeLessThanOrEqual(0.05);
  expect(p95Note).toBeNull();
  expect(total.used! + total.idle!).toBeCloseTo(60, 9);
  expect(groups).toMatchObject([{ label: "ranker", total: 60, predictions: total.predictions }]);
  const rows = (await exportCosts([{ id: world.projectId, slug: world.slug }], { period: "7d" }, now)).trim().split("\n").slice(1).map((line) => line.split(","));
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(Number(row[10])).toBeGreaterThan(30_000);
});

it.skipIf(!prometheusIsHere)("the cost of a window that begins within a day has the use of its whole days, and says which day is missing", async () => {
  const projects = [{ id: world.projectId, slug: world.slug }];
  // Noon of the day before yesterday, at which it ran already: of that day nothing can be said.
  const late = new Date(now.getTime() + 5 * DAY);
  const week = await costsOf(projects, "7d", late);
  const cut = new Date(late.getTime() - 7 * DAY).toISOString().slice(0, 10);
  expect(week).toMatchObject({ predictions: null, total: { idle: null, per1000Predictions: null } });
  expect(week.missingDays).toContain(cut);
  await db().replicaInterval.updateMany({ where: { deploymentId: id }, data: { endedAt: new Date(today) } });
  const { known, missingDays, deployments, total } = await costsOf(projects, "7d", late);
  expect(missingDays).toEqual([cut]);
  expect([known.use!.total, known.predictions!.total]).toEqual([24, 24]);
  expect(known.use!.used! + known.use!.idle!).toBeCloseTo(24, 9);
  expect(known.predictions!.predictions / (0.9 * 86_400)).toBeCloseTo(1, 2);
  expect(deployments).toMatchObject([{ known, missingDays }]);
  expect(total).toMatchObject({ total: 36, used: null });
  expect(await deploymentCosts({ id, projectId: world.projectId, project: world.slug }, "7d", late)).toMatchObject({ known, missingDays, total: 36, used: null, predictions: null });
  // A window that holds all of it knows all of it.
  const whole = await deploymentCosts({ id, projectId: world.projectId, project: world.slug }, "30d", late);
  expect(whole).toMatchObject({ known: { use: null, predictions: null }, missingDays: [], total: 48 });
  expect(whole.used! + whole.idle!).toBeCloseTo(48, 9);
  expect(whole.per1000Predictions! * whole.predictions! / 1000).toBeCloseTo(48, 4);
  await db().replicaInterval.updateMany({ where: { deploymentId: id }, data: { endedAt: null } });
});

it.skipIf(!prometheusIsHere)("a day that is whole is not asked for again; a source that fails loses nothing, and its day is unknown, not idle", async () => {
  const asked: number[] = [];
  const watching = { prometheus: (connection: PrometheusConnection): Ask => { const ask = askOf(connection); return (path, form, most) => { asked.push(Number(form.time) * 1000); return ask(path, form, most); }; }, datadog: askDatadog };
  await collectClusterUse(now, { warn }, watching);
  // Not of the days before it was there either: that nothing is known of them was noted.
  expect(asked).toEqual(Array.from({ length: 4 }, () => now.getTime() - 60_000));
  const notes = () => db().clusterUseDay.findMany({ orderBy: { day: "asc" } });
  expect((await notes()).map((n) => n.found > 0)).toEqual([...Array.from({ length: 12 }, () => false), true, true, true]);
  // A yesterday without anything is asked for again, as it may still fill up; the day before is not.
  await db().clusterUseDay.updateMany({ where: { day: { gte: new Date(today - 2 * DAY), lt: new Date(today) } }, data: { found: 0 } });
  asked.length = 0;
  await collectClusterUse(now, { warn }, watching);
  expect([...new Set(asked)]).toEqual([today, now.getTime() - 60_000]);
  expect((await notes()).map((n) => n.found).slice(-3)).toEqual([0, 1, 1]);
  const before = await db().clusterUse.findMany({ orderBy: { day: "asc" } });
  await collectClusterUse(new Date(now.getTime() + DAY), { warn }, { prometheus: () => () => Promise.reject(new UselessAnswer("It answered with a page of HTML.")), datadog: askDatadog });
  expect(warn.mock.calls).toEqual([[{ target: "eks", reason: "It answered with a page of HTML." }, expect.any(String)]]);
  expect(await db().clusterUse.findMany({ orderBy: { day: "asc" } })).toEqual(before);
  const later = await costSummary([{ id: world.projectId, slug: world.slug }], { period: "7d", by: "deployment" }, new Date(now.getTime() + DAY));
  expect(later.days.slice(-3).map((d) => d.predictions === null)).toEqual([false, true, true]);
  expect(later.total).toMatchObject({ total: 84, idle: null });
});

it("where Datadog measures a cluster, it tells the same of it, and the day it has nothing of is not asked for again", async () => {
  const own = await makeWorld();
  const target = await db().target.create({ data: { slug: "dd", name: "dd", kind: "eks", config: { auth: "eks", instance: "ddddtest", region: "us-east-1", clusterName: "d", clusterArn: "arn:aws:eks:us-east-1:111122223333:cluster/d", accountId: "111122223333", endpoint: "https://d.invalid", caData: "", autoMode: false, roleArn: null } } });
  await db().targetMetricsSource.create({ data: { targetId: target.id, kind: "datadog", config: { kind: "datadog", site: "datadoghq.eu" } } });
  const deployment = await deploy(own.projectId, "ranker");
  await db().deployment.update({ where: { id: deployment }, data: { targetId: target.id } });
  const ref = { id: deployment, project: own.slug, projectId: own.projectId, deployment: "ranker" };
  const tags = { kube_namespace: namespaceName(ref, { namespacePrefix: "slipway", instance: "ddddtest" }), kube_deployment: `${deploymentName(ref)}-r1` };
  const stretches: number[] = [];
  const datadog = (): AskDatadog => async (queries, { fromSeconds }) => {
    stretches.push(fromSeconds * 1000);
    // Of yesterday alone: 500 requests, 5 of them failed, 20 s in all.
    const told = fromSeconds * 1000 === today - DAY;
    const values: Record<string, number> = { requests_0: 500, failed_0: 5, latency_count: 500, mean_sum: 20 };
    return { at: [fromSeconds], partial: null, series: new Map(Object.keys(queries).map((name) => [name, told && name in values ? [{ tags, values: [values[name]!] }] : []])) };
  };
  const asks = { prometheus: () => () => Promise.reject(new UselessAnswer("Not asked here.")), datadog };
  await collectClusterUse(now, { warn }, asks);
  expect(await db().clusterUse.findMany({ where: { deploymentId: deployment } })).toMatchObject([{ revision: 1, day: new Date(today - DAY), handled: 500, failed: 5, busySeconds: 20, p95Seconds: null }]);
  expect(stretches).toHaveLength(15);
  await collectClusterUse(now, { warn }, asks);
  expect(stretches.slice(15)).toEqual([today]);
});
