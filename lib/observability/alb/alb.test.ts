import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fleetWithAlb } from "@/lib/fleet/fleet-with-alb";
import { albEdgeOf } from "@/lib/observability/alb/edge";
import { stretchOf } from "@/lib/observability/alb/questions";
import { withAlb } from "@/lib/observability/alb/with-alb";
import type { Ask } from "@/lib/observability/prometheus/ask";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { cloudWatchFinding, policyCommand } from "@/lib/targets/eks/cloudwatch-finding";
import { targetGroupsOf } from "@/lib/targets/eks/target-groups";

// CloudWatch stands here as a server of its own, as the SDK speaks to it: what is asked of it, and what it answers. moto (e2e/process/eks.test.ts) knows no percentiles. The API server is another, over TLS.
type Query = { Id: string; MetricStat: { Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] }; Period: number; Stat: string } };
type Data = { MetricDataQueries: Query[]; StartTime: number; EndTime: number };
const NOW = new Date("2026-11-27T06:10:30Z");
const T = Math.floor(NOW.getTime() / 1000);
const account = (n: number) => String(100_000_000_000 + n);
const arn = (id: string, accountId: string, region = "eu-central-1") => `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/k8s-slipwaya-${id}/${"0".repeat(16 - id.length)}${id.replace(/[^0-9a-f]/g, "a")}`;
const dimension = (id: string) => arn(id, account(0)).split(":").at(-1)!;
/** As the AWS load balancer controller 3.5 writes one for a Service of an Ingress. */
const binding = (namespace: string, service: string, targetGroupARN: string | undefined) => ({
  apiVersion: "elbv2.k8s.aws/v1beta1", kind: "TargetGroupBinding",
  metadata: { name: `k8s-${service}`.slice(0, 32), namespace, uid: "6c1f3e1e-6d7c-4a53-9a55-0c3f0e8d5a11", generation: 1, labels: { "ingress.k8s.aws/stack": "slipway-stest000" }, finalizers: ["elbv2.k8s.aws/resources"] },
  spec: { ipAddressType: "ipv4", networking: { ingress: [{ from: [{ securityGroup: { groupID: "sg-0a1b2c3d4e5f60718" } }], ports: [{ port: 8080, protocol: "TCP" }] }] }, serviceRef: { name: service, port: 80 }, targetGroupARN, targetGroupProtocol: "HTTP", targetType: "ip", vpcID: "vpc-0a1b2c3d4e5f60718" },
  status: { observedGeneration: 1 },
});

let [cloudWatchServer, apiServer] = [undefined as unknown as http.Server, undefined as unknown as https.Server];
let [endpoint, caData] = ["", ""];
const calls = { values: [] as Data[], lists: [] as string[], bindings: [] as string[] };
/** A figure of each period, by metric, statistic and target group; null: none. */
let figure: (metric: string, stat: string, targetGroup: string | null, period: number) => number | null;
let refusal: { cloudWatch: string | null; cluster: number | null };
let bindings: object[];

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-alb-"));
  const [key, cert] = [path.join(folder, "k.pem"), path.join(folder, "c.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pem = fs.readFileSync(cert);
  apiServer = https.createServer({ key: fs.readFileSync(key), cert: pem }, (q, r) => {
    calls.bindings.push(q.url!);
    r.writeHead(refusal.cluster ?? 200, { "content-type": "application/json" }).end(JSON.stringify(refusal.cluster ? { kind: "Status", message: "forbidden", reason: "Forbidden" } : { kind: "TargetGroupBindingList", items: bindings }));
  });
  cloudWatchServer = http.createServer((q, r) => {
    let body = "";
    q.on("data", (c: Buffer) => (body += c.toString())).on("end", () => {
      const asked = JSON.parse(body) as Data & { Dimensions: { Value?: string }[] };
      const list = String(q.headers["x-amz-target"]).endsWith(".ListMetrics");
      if (list) calls.lists.push(asked.Dimensions[0]!.Value ?? "*");
      else calls.values.push(asked);
      r.setHeader("content-type", "application/x-amz-json-1.0");
      if (refusal.cloudWatch) return void r.writeHead(400).end(JSON.stringify({ __type: `com.amazonaws.cloudwatch#${refusal.cloudWatch}`, message: "User is not authorized" }));
      r.end(JSON.stringify(list ? { Metrics: targetGroupsOf(bindings).flatMap((g) => [
        { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions: [{ Name: "TargetGroup", Value: g.dimension }, { Name: "LoadBalancer", Value: "app/k8s-slipway/0123456789abcdef" }, { Name: "AvailabilityZone", Value: "eu-central-1a" }] },
        { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions: [{ Name: "TargetGroup", Value: g.dimension }] },
      ]) } : { MetricDataResults: asked.MetricDataQueries.map((one) => answerTo(one, asked)) }));
    });
  });
  await Promise.all([cloudWatchServer, apiServer].map((s) => new Promise<void>((go) => s.listen(0, "127.0.0.1", () => go()))));
  endpoint = `https://127.0.0.1:${(apiServer.address() as AddressInfo).port}`;
  caData = pem.toString("base64");
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${(cloudWatchServer.address() as AddressInfo).port}`, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
});
afterAll(() => { for (const s of [cloudWatchServer, apiServer]) { s.closeAllConnections(); s.close(); } });

function answerTo({ Id, MetricStat: { Metric, Period, Stat } }: Query, { StartTime, EndTime }: Data) {
  const value = figure(Metric.MetricName, Stat, Metric.Dimensions?.find((d) => d.Name === "TargetGroup")?.Value ?? null, Period);
  const Timestamps: number[] = [];
  for (let t = StartTime; value !== null && t < EndTime; t += Period) Timestamps.push(t);
  return { Id, StatusCode: "Complete", Timestamps, Values: Timestamps.map(() => value) };
}

let n = 0;
/** Each test a cluster and an account of its own: what one was told is nothing to the next. */
let at: { namespace: string; name: string };
let row: Parameters<typeof albEdgeOf>[0];
beforeEach(() => {
  Object.assign(calls, { values: [], lists: [], bindings: [] });
  n += 1;
  at = { namespace: "slipway-a", name: "m-x" };
  row = { id: `t${n}`, slug: "prod", credentials: null, config: { auth: "eks", instance: "stest000", region: "eu-central-1", clusterName: "c", clusterArn: "arn", accountId: account(n), endpoint, caData, autoMode: false, roleArn: null } };
  refusal = { cloudWatch: null, cluster: null };
  bindings = [binding("slipway-a", "m-x-r1", arn(`${n}-r1`, account(n))), binding("slipway-a", "m-x-r2", arn(`${n}-r2`, account(n))), binding("slipway-a", "m-xy-r1", arn(`${n}-other`, account(n)))];
  figure = (metric, stat, group, period) => group?.includes("other") ? 999 : metric === "RequestCount" ? period * 2 : stat === "p99" ? 0.2 : stat === "p95" ? 0.1 : stat === "p50" ? 0.05 : metric === "HTTPCode_Target_5XX_Count" ? period * 0.1 : metric === "HTTPCode_Target_4XX_Count" ? period : metric === "HealthyHostCount" ? 1.5 : stat === "Sum" && group === null ? 7 : metric === "TargetResponseTime" ? (stat === "Sum" ? period * 0.12 : period * 2) : null;
});
const ALB = { ingress: { kind: "alb", hostname: "m.example.com", scheme: "internal" }, provider: "eks" } as const;
const GATEWAY = { ingress: { kind: "gateway", gatewayName: "g", gatewayNamespace: "g", hostname: "m.example.com" }, provider: "eks" } as const;

const one: Ask = async (p, form) => ({ warnings: [], series: [{ labels: {}, points: p === "query" ? [[T, 2]] : Array.from({ length: 20 }, (_, i): [number, number] => [Number(form.start) + i * Number(form.step), 2]) }] });
const nothing: Ask = async () => ({ warnings: [], series: [] });
const source = (ask: Ask, dialect: keyof typeof DIALECTS, { settings = ALB as Parameters<typeof albEdgeOf>[1], clock = () => NOW.getTime() } = {}) =>
  withAlb(prometheusSource(ask, { dialect: DIALECTS[dialect], ...at, accelerators: 0, edge: settings.ingress.kind === "alb" ? { kind: "alb" } : { kind: "envoy", route: "r" }, revisions: [1, 2], scrapeIntervalSeconds: 15 }), albEdgeOf(row, settings, clock)!, at);
const query = { deploymentId: "d", window: "15m" as const, now: NOW };
type Read = Awaited<ReturnType<ReturnType<typeof source>["query"]>>;
const gapOf = (m: Read, measure: string) => m.gaps.find((g) => g.measure === measure);
const valueAt = (m: Read, name: keyof Read["series"], t: number) => m.series[name].find(([time]) => time === t)?.[1];

describe("percentiles that a server does not keep", () => {
  it("are the load balancer's, on the page's steps, and said to be; asked once a minute", async () => {
    const m = await source(one, "torchserve").query({ ...query, revision: 1 });
    expect(calls.bindings).toEqual(["/apis/elbv2.k8s.aws/v1beta1/namespaces/slipway-a/targetgroupbindings?limit=500"]);
    expect(calls.lists).toEqual([dimension(`${n}-r1`), dimension(`${n}-r2`)]);
    expect(calls.values).toHaveLength(1);
    const { MetricDataQueries: asked, StartTime, EndTime } = calls.values[0]!;
    // 05:55:15 to 06:10:15 in steps of 15 s: minutes from 05:55, up to what is two minutes old.
    expect([StartTime, EndTime]).toEqual([Date.parse("2026-11-27T05:55:00Z") / 1000, Date.parse("2026-11-27T06:08:00Z") / 1000]);
    expect(asked.map((q) => `${q.MetricStat.Metric.MetricName} ${q.MetricStat.Stat} ${q.MetricStat.Period}`)).toEqual(["p50", "p95", "p99"].map((s) => `TargetResponseTime ${s} 60`).concat(["p50", "p95", "p99"].map((s) => `TargetResponseTime ${s} 780`)));
    for (const q of asked) expect(q.MetricStat.Metric).toMatchObject({ Namespace: "AWS/ApplicationELB", Dimensions: [{ Name: "LoadBalancer", Value: "app/k8s-slipway/0123456789abcdef" }, { Name: "TargetGroup", Value: dimension(`${n}-r1`) }] });
    expect([valueAt(m, "p50", EndTime - 15), valueAt(m, "p99", EndTime - 15), valueAt(m, "p99", EndTime), valueAt(m, "requestsPerSecond", EndTime - 600)]).toEqual([0.05, 0.2, null, 2]);
    expect(m.totals).toMatchObject({ p50: 0.05, p95: 0.1, p99: 0.2, requests: 1800 });
    expect(gapOf(m, "p99")).toEqual({ measure: "p99", kind: "edge", reason: "TorchServe keeps latency as a counter: a mean, and no percentiles. Measured by the load balancer instead (CloudWatch): one-minute figures, about two minutes late. Its time is from the load balancer to the beginning of the answer." });
    // What it does not tell stays missing for its own reason alone.
    expect(gapOf(m, "queueP95")).toMatchObject({ kind: "absent", reason: "TorchServe keeps the waiting time as a counter: a mean, and no percentiles." });

    await source(one, "torchserve").query({ ...query, revision: 1, now: new Date(NOW.getTime() + 5000) });
    expect([calls.values.length, calls.lists.length, calls.bindings.length]).toEqual([1, 2, 1]);
    // A rule is judged every half minute: it asks for what it looks at.
    expect((await source(one, "torchserve").query({ ...query, revision: 1, only: ["requestsPerSecond", "replicas"] })).totals.p99).toBe(0.2);
    expect(calls.values.splice(1).map((v) => v.MetricDataQueries.map((q) => q.MetricStat.Stat))).toEqual([["p99"]]);
    const later = NOW.getTime() + 61_000;
    await source(one, "torchserve", { clock: () => later }).query({ ...query, revision: 1, now: new Date(later) });
    expect([calls.values.length, calls.lists.length, calls.bindings.length]).toEqual([2, 2, 2]);
  });
  it("of several revisions are those of the slowest, which the page says", async () => {
    const plain = figure;
    figure = (metric, stat, group, period) => (stat === "p99" && group?.includes("r2") ? 0.9 : plain(metric, stat, group, period));
    const m = await source(one, "torchserve").query(query);
    expect([valueAt(m, "p99", T - (T % 60) - 240), m.totals.p99]).toEqual([0.9, 0.9]);
    expect(gapOf(m, "p99")?.reason).toContain("Where several revisions serve, the slowest is drawn.");
    expect((await source(one, "torchserve").query({ ...query, revision: 1 })).totals.p99).toBe(0.2);
  });
  it("are asked in periods that CloudWatch keeps: steps of a day, and five minutes of what is older than 15 days", async () => {
    await source(one, "torchserve").query({ ...query, window: "24h", revision: 1 });
    expect(new Set(calls.values[0]!.MetricDataQueries.map((q) => q.MetricStat.Period))).toEqual(new Set([300, 86_100]));
    const old = await source(one, "torchserve").query({ ...query, revision: 1, between: { from: T - 20 * 86_400, to: T - 20 * 86_400 + 1800 } });
    expect(Math.min(...calls.values[1]!.MetricDataQueries.map((q) => q.MetricStat.Period))).toBe(300);
    expect(gapOf(old, "p99")?.reason).toContain("five-minute figures");
    for (const window of [300, 900, 3600, 21_600, 86_400, 604_800, 31 * 86_400]) for (const stepSeconds of [10, 15, 60, 300, 1800].filter((step) => 3 * step <= window)) {
      const s = stretchOf({ fromSeconds: T - window, toSeconds: T, stepSeconds }, T)!;
      expect([s.periodSeconds % 60, s.periodSeconds % stepSeconds, s.fromSeconds % s.periodSeconds, s.toSeconds <= T - 120], `${window} by ${stepSeconds}`).toEqual([0, 0, 0, true]);
    }
    expect(stretchOf({ fromSeconds: T - 60, toSeconds: T, stepSeconds: 10 }, T)).toBeNull();
  });
});

it("of an image that exposes nothing, traffic, errors, latency and healthy targets are the load balancer's, and so are the window's figures", async () => {
  const m = await source(nothing, "http").query({ ...query, revision: 2 });
  const t = Date.parse("2026-11-27T06:07:00Z") / 1000;
  expect(["requestsPerSecond", "errorRate", "p99", "mean", "replicas"].map((name) => valueAt(m, name as "p99", t))).toEqual([2, expect.closeTo(0.05, 9), 0.2, expect.closeTo(0.06, 9), 1.5]);
  expect(m.totals).toMatchObject({ requests: 1560, errors: 78, p99: 0.2 });
  expect(Object.keys(m.errorsByCause)).toEqual(["4xx", "5xx"]);
  expect(gapOf(m, "errorRate")?.reason).toContain("7 more requests, of all deployments behind the load balancer, it answered with 5xx itself");
  expect(gapOf(m, "replicas")).toMatchObject({ kind: "edge", reason: expect.stringContaining("healthy targets") as string });
  expect(gapOf(m, "cpu")).toMatchObject({ kind: "empty" });
  // A minute without a figure is a gap, not a zero; a minute without failures is none.
  figure = (metric, _stat, _group, period) => (metric === "RequestCount" ? period : null);
  const quiet = await source(nothing, "http").query({ ...query, window: "1h", revision: 2 });
  expect([valueAt(quiet, "errorRate", t), valueAt(quiet, "p99", t), quiet.totals.errors]).toEqual([0, null, 0]);
  figure = () => null;
  const silent = await source(nothing, "http").query({ ...query, window: "6h", revision: 2 });
  expect([valueAt(silent, "requestsPerSecond", t), valueAt(silent, "errorRate", t), silent.totals.requests, silent.totals.errors]).toEqual([null, null, null, null]);
});

describe("where it cannot be had", () => {
  it("a permission that is missing costs those measures alone, and comes with what mends it", async () => {
    refusal.cloudWatch = "AccessDeniedException";
    const denied = await source(one, "torchserve").query(query);
    expect(gapOf(denied, "p99")).toMatchObject({ kind: "absent", reason: expect.stringContaining('AWS refuses cloudwatch:ListMetrics to this identity. Allow it in its IAM policy. The statement: { "Effect": "Allow", "Action": ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], "Resource": "*" }') as string });
    expect([denied.totals.requests, gapOf(denied, "queueP95")?.reason]).toEqual([1800, expect.not.stringContaining("AWS")]);
    refusal = { cloudWatch: null, cluster: 403 };
    row = { ...row, id: `other${n}` };
    expect(gapOf(await source(one, "torchserve").query(query), "p99")?.reason).toContain("Slipway may not list targetgroupbindings on prod");
    refusal.cluster = 500;
    row = { ...row, id: `third${n}` };
    expect(gapOf(await source(one, "torchserve").query(query), "p99")?.reason).toContain("could not be read from prod");
  });
  it("the target's check says so before anybody looks at a page, with the command for the role that is assumed", async () => {
    expect(await cloudWatchFinding("eu-central-1", null, NOW)).toMatchObject({ status: "ok", fix: null });
    refusal.cloudWatch = "AccessDeniedException";
    expect(await cloudWatchFinding("eu-central-1", null, NOW)).toMatchObject({ status: "missing", detail: expect.stringContaining("cloudwatch:ListMetrics") as string, fix: expect.stringContaining("--role-name SLIPWAYS_ROLE") as string });
    expect(policyCommand({ roleArn: "arn:aws:iam::222222222222:role/teams/slipway", externalId: null })).toBe('aws iam put-role-policy --role-name slipway --policy-name slipway-cloudwatch --policy-document \'{"Version":"2012-10-17","Statement":[{ "Effect": "Allow", "Action": ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], "Resource": "*" }]}\'');
  });
  it("a Service without a target group, or with another account's, has no figures; behind a Gateway that is no ALB nothing is said of one", async () => {
    bindings = [binding("slipway-a", "m-x-r1", undefined), binding("slipway-a", "m-x-r2", arn("r2", account(999)))];
    expect(gapOf(await source(one, "torchserve").query(query), "p99")?.reason).toContain("No target group of its Services has figures in CloudWatch");
    row = { ...row, id: `gateway${n}` };
    const envoy = await source(one, "torchserve", { settings: GATEWAY }).query(query);
    expect(gapOf(envoy, "p99")).toMatchObject({ kind: "edge", reason: expect.stringContaining("Envoy") as string });
    expect(gapOf(await source(nothing, "torchserve", { settings: GATEWAY }).query(query), "p99")?.reason).not.toContain("CloudWatch");
    // An ALB behind a Gateway: Envoy's series are not there, the target group is.
    bindings = [binding("slipway-a", "m-x-r1", arn(`${n}-r1`, account(n)))];
    row = { ...row, id: `alb-gateway${n}` };
    expect((await source(nothing, "torchserve", { settings: GATEWAY }).query(query)).totals.p99).toBe(0.2);
    expect(albEdgeOf(row, { ingress: { kind: "none" }, provider: "eks" })).toBeNull();
  });
  it("a source that failed is not helped out, nor one that tells everything: nobody is asked, and nothing is billed", async () => {
    await source(async () => { throw new UselessAnswer("It answered HTTP 500."); }, "slipway").query(query);
    await source(one, "slipway").query(query);
    expect(calls).toEqual({ values: [], lists: [], bindings: [] });
  });
});

it("a canary's revisions are judged by their own target groups where the server does not tell", async () => {
  const plain = figure;
  figure = (metric, stat, group, period) => (metric === "HTTPCode_Target_5XX_Count" ? (group?.includes("r2") ? 30 : null) : plain(metric, stat, group, period));
  const figures = (revision: number) => source(nothing, "http").figures({ deploymentId: "d", revision, from: new Date(NOW.getTime() - 600_000), to: NOW });
  // Ten minutes, of which the last two have not arrived.
  expect(await figures(1)).toEqual({ requests: 960, errors: 0, p99Seconds: 0.2, missing: {} });
  expect(await figures(2)).toMatchObject({ requests: 960, errors: 30 });
  expect(await source(nothing, "http").figures({ deploymentId: "d", revision: 1, from: new Date(NOW.getTime() - 90_000), to: NOW })).toMatchObject({ requests: null, missing: { requests: expect.stringContaining("nothing of this time has arrived") as string } });
});

it("a fleet of 60 deployments in three namespaces is one list of target groups, one of load balancers and one question", async () => {
  const deployments = Array.from({ length: 60 }, (_, i) => ({ id: `d${i}`, dialect: "torchserve" as const, cores: 1, series: { dialect: DIALECTS.torchserve, namespace: `slipway-${i % 3}`, name: `m-${i}`, revision: null, accelerators: 0, edge: { kind: "alb" as const }, window: "5m" } }));
  bindings = deployments.map((d, i) => binding(d.series.namespace, `${d.series.name}-r1`, arn(`f${n}-${i}`, account(n))));
  const known = { requests: 500, p99Seconds: null, errorRate: 0.01, utilisation: 0.4, utilisationOf: "processor" as const, cells: [], why: "It keeps a mean.", budget: { requests: null, errors: null, why: null }, answered: true };
  const figures = new Map(deployments.map((d, i) => [d.id, { ...known, ...(i === 59 ? { answered: false } : {}), ...(i === 58 ? { requests: null, errorRate: null } : {}) }]));
  const filled = await fleetWithAlb(figures, deployments, albEdgeOf(row, ALB, () => NOW.getTime())!, { windowSeconds: 3600, now: NOW });
  expect([calls.bindings, calls.lists, calls.values.length]).toEqual([["/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings?limit=500"], ["*"], 1]);
  expect(calls.values[0]!.MetricDataQueries).toHaveLength(59 * 3);
  expect(filled.get("d0")).toMatchObject({ requests: 500, p99Seconds: 0.2, errorRate: 0.01, why: "It keeps a mean. Measured by the load balancer (CloudWatch) instead." });
  expect(filled.get("d58")).toMatchObject({ requests: 6960, errorRate: expect.closeTo(0.05, 9) as number });
  expect(filled.get("d59")).toMatchObject({ p99Seconds: null, why: "It keeps a mean." });
});
