import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askDatadog } from "@/lib/observability/datadog/ask";
import { checkDatadog } from "@/lib/observability/datadog/check-datadog";
import { datadogSource } from "@/lib/observability/datadog/datadog-source";
import { podsOnDatadog, serverQueries } from "@/lib/observability/datadog/plan-queries";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import { quantile } from "@/lib/observability/quantile";
import { readDatadogDay } from "@/lib/costs/cluster-use/read-datadog-day";
import { readDatadogFleet } from "@/lib/fleet/read-datadog-fleet";
import { DIALECTS } from "@/lib/observability/promql/dialects";

// Datadog stands here as a server of its own on the wire: what is asked of it, and what it may answer.
const NOW = new Date("2026-11-27T06:10:00Z");
const T = NOW.getTime() / 1000;
type Query = { name: string; query: string };
type Asked = { path: string; headers: http.IncomingHttpHeaders; from: number; to: number; interval: number; queries: Query[]; formulas: { formula: string }[] };
type Series = { tags: string[]; value: number | null };

let server: http.Server;
let url = "";
let asked: Asked[] = [];
let answer: (a: Asked, response: http.ServerResponse) => void;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (c: Buffer) => { body += c.toString(); }).on("end", () => {
      const a = { path: request.url!, headers: request.headers, ...(JSON.parse(body) as { data: { attributes: Omit<Asked, "path" | "headers"> } }).data.attributes };
      asked.push(a);
      answer(a, response);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((go) => server.once("listening", go));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.closeAllConnections(); server.close(); });
beforeEach(() => { asked = []; answer = with_(PLAIN); });

const json = (response: http.ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
/** Every bucket of the stretch, with the same value a series. */
function body(a: Asked, of: (q: string) => Series[], more: object = {}): object {
  const times: number[] = [];
  for (let t = a.from; t < a.to; t += a.interval) times.push(t);
  const found = a.formulas.flatMap(({ formula }, index) => of(a.queries.find((q) => q.name === formula)!.query).map((s) => ({ index, ...s })));
  return { data: { type: "timeseries_response", attributes: { times, series: found.map((s) => ({ group_tags: s.tags, query_index: s.index, unit: null })), values: found.map((s) => times.map(() => s.value)) } }, ...more };
}
const with_ = (of: (q: string) => Series[], more: object = {}) => (a: Asked, response: http.ServerResponse) => json(response, 200, body(a, of, more));

/** 60 requests a bucket: 30 up to 10 ms, 57 up to 50 ms, 3 above the last bound. */
const CUMULATIVE: [string, number][] = [["0.01", 30], ["0.025", 45], ["0.05", 57]];
const PLAIN = (q: string): Series[] => {
  if (/_duration_seconds\.bucket\{/.test(q)) return CUMULATIVE.map(([bound, value]) => ({ tags: [`upper_bound:${bound}`], value }));
  if (/_duration_seconds\.count\{/.test(q) || q.includes("slipway_requests.count")) return [{ tags: [], value: 60 }];
  if (q.includes("_duration_seconds.sum")) return [{ tags: [], value: 1.5 }];
  if (q.includes("by {cause}")) return [{ tags: ["cause:timeout"], value: 3 }, { tags: ["cause:invalid"], value: 6 }];
  if (q.includes("slipway_errors.count")) return [{ tags: [], value: 3 }];
  if (q.includes("queue_depth")) return [{ tags: [], value: 2 }];
  if (q.includes("kubernetes.cpu.usage.total")) return [{ tags: [], value: 750_000_000 }];
  if (q.includes("throttled.periods")) return [{ tags: [], value: 5 }];
  if (q.includes("cfs.periods")) return [{ tags: [], value: 50 }];
  if (q.includes("dcgm.gpu_utilization")) return [{ tags: [], value: 40 }];
  if (q.includes("dcgm.frame_buffer.used")) return [{ tags: [], value: 1000 }];
  if (q.includes("replicas_available")) return [{ tags: [], value: 2 }];
  return [];
};
const KEYS = JSON.stringify({ apiKey: "api-canary", applicationKey: "app-canary" });
let account = 0;
/** Each test an account of its own: what one was told not to ask is nothing to the next. */
const connection = () => ({ config: { kind: "datadog" as const, site: "datadoghq.eu" as const, url }, secret: JSON.stringify({ apiKey: `k${account++}`, applicationKey: "a" }) });
const source = (c = connection(), accelerators = 1) => datadogSource(askDatadog(c, () => NOW.getTime()), { dialect: "slipway", namespace: "slipway-a", name: "m-x", accelerators, revisions: [1, 2] });
const query = { deploymentId: "d", window: "15m" as const, now: NOW };

describe("a page of measures from Datadog", () => {
  it("is two requests with both keys, and its figures are those that were sent", async () => {
    const m = await source({ ...connection(), secret: KEYS }).query(query);
    expect(asked.map((a) => a.path)).toEqual(["/api/v2/query/timeseries", "/api/v2/query/timeseries"]);
    for (const a of asked) expect(a.headers).toMatchObject({ "dd-api-key": "api-canary", "dd-application-key": "app-canary" });
    expect(JSON.stringify(m)).not.toContain("canary");
    const at = (name: keyof typeof m.series) => m.series[name].find(([t]) => t === T - 300)![1];
    expect(m.stepSeconds).toBe(15);
    expect(asked[0]!.interval).toBe(30_000);
    expect(at("requestsPerSecond")).toBe(2);
    const counts = [30, 15, 12, 3];
    for (const [name, q] of [["p50", 0.5], ["p95", 0.95], ["p99", 0.99]] as const) expect(at(name)).toBeCloseTo(quantile(q, counts, [0.01, 0.025, 0.05])!, 12);
    expect(at("mean")).toBeCloseTo(0.025);
    expect(at("errorRate")).toBe(0.05);
    expect(at("cpu")).toBeCloseTo(0.75);
    expect(at("throttled")).toBeCloseTo(0.1);
    expect([at("gpu"), at("gpuMemory"), at("replicas"), at("queue")]).toEqual([0.4, 1000 * 1024 ** 2, 2, 2]);
    expect(m.errorsByCause.timeout!.find(([t]) => t === T - 300)![1]).toBe(0.1);
    const buckets = (asked[0]!.to - asked[0]!.from) / 30_000;
    expect(m.totals).toMatchObject({ requests: 60 * buckets, errors: 3 * buckets });
    // What the agent read may not be there yet: the newest steps are no data, not zero.
    expect(m.series.requestsPerSecond.at(-1)![1]).toBeNull();
    expect(m.gaps.filter((g) => g.kind !== "absent").map((g) => g.measure).sort()).toEqual(["memory", "restarts"]);
    expect(m.gaps.find((g) => g.measure === "tokensPerSecond")?.reason).toMatch(/does not count tokens/);
    expect(m.gaps.find((g) => g.measure === "memory")?.reason).toMatch(/kubelet check/);
  });

  it("asks of one revision's pods for one revision, in the past on the steps of the past", async () => {
    await source(connection(), 0).query({ ...query, window: "24h", revision: 2 });
    expect(asked[0]!.interval).toBe(300_000);
    for (const { queries } of asked) for (const { query: q } of queries) expect(q).toMatch(/\{kube_namespace:slipway-a AND kube_deployment:m-x-r2[ }]/);
    expect(asked.flatMap((a) => a.queries).some((q) => q.query.includes("dcgm"))).toBe(false);
  });

  it("is asked once by who asks the same at the same time, and never across accounts", async () => {
    const c = connection();
    await Promise.all([source(c).query(query), source(c).query(query)]);
    expect(asked).toHaveLength(2);
    await source().query(query);
    expect(asked).toHaveLength(4);
  });
});

describe("a bad answer costs the measures it was for, and says why", () => {
  const bad = (status: number, content: string, type = "application/json", headers: Record<string, string> = {}) => (_: Asked, response: http.ServerResponse) => void response.writeHead(status, { "content-type": type, ...headers }).end(content);
  it.each([
    ["a web page", bad(200, "<html><script>alert(1)</script>", "text/html"), /web page \(HTTP 200\)/],
    ["a redirect", bad(302, "", "text/html", { location: "http://127.0.0.1:1/" }), /redirects/],
    ["keys that are refused", bad(403, '{"errors":["Forbidden"]}'), /refuses the keys \(HTTP 403\).*timeseries_query/],
    ["an error of the server", bad(500, '{"errors":["<b>internal</b>"]}'), /HTTP 500: binternal\/b/],
    ["a query that it does not take", bad(400, '{"errors":[{"detail":"Rule scope_expr did not match"}]}'), /HTTP 400: Rule scope_expr/],
    ["JSON of something else", bad(200, '{"data":[]}'), /not that of Datadog's API/],
    ["too many series", (a: Asked, r: http.ServerResponse) => json(r, 200, { data: { attributes: { times: [a.from], series: Array.from({ length: 20_001 }, () => ({ group_tags: [], query_index: 0 })), values: Array.from({ length: 20_001 }, () => [1]) } } }), /20001 series/],
    ["an answer cut off", (_: Asked, r: http.ServerResponse) => { r.writeHead(200, { "content-type": "application/json", "content-length": "1000" }); r.write('{"data"'); setImmediate(() => r.destroy()); }, /cut off|could not be reached/],
  ])("%s", async (_, how, reason) => {
    answer = (a, r) => (a.queries.some((q) => q.name === "cpu") ? how(a, r) : with_(PLAIN)(a, r));
    const m = await source().query(query);
    const failed = m.gaps.filter((g) => g.kind === "failed");
    expect(failed.map((g) => g.measure).sort()).toEqual(["cpu", "gpu", "gpuMemory", "memory", "replicas", "restarts", "throttled"]);
    expect(failed[0]!.reason).toMatch(reason);
    expect(failed[0]!.reason).not.toMatch(/[<>]/);
    expect(m.series.p99.some(([, v]) => v !== null)).toBe(true);
    expect(m.series.cpu.every(([, v]) => v === null)).toBe(true);
  });

  it("429: it is not asked again before the time it names", async () => {
    answer = (_, r) => json(r, 429, { errors: ["Rate limit"] }, { "x-ratelimit-reset": "120" });
    const c = connection();
    expect((await source(c).query(query)).gaps.find((g) => g.measure === "p99")?.reason).toMatch(/again in 120 s/);
    const before = asked.length;
    expect((await source(c).query({ ...query, window: "1h" })).gaps.find((g) => g.measure === "p99")?.reason).toMatch(/asked again in 120 s/);
    expect(asked).toHaveLength(before);
    answer = with_(PLAIN);
    await datadogSource(askDatadog(c, () => NOW.getTime() + 121_000), { dialect: "slipway", namespace: "n", name: "m", accelerators: 0, revisions: [1] }).query(query);
    expect(asked.length).toBe(before + 2);
  });

  it("a part is shown as a part, and what is no number as no data", async () => {
    answer = with_((q) => PLAIN(q).map((s) => ({ ...s, value: q.includes("kubernetes.cpu.usage") ? ("NaN" as unknown as number) : s.value })), { errors: "one shard <i>timed out</i>" });
    const m = await source().query(query);
    expect(m.gaps.find((g) => g.measure === "p99")).toMatchObject({ kind: "partial", reason: expect.stringContaining("one shard itimed out/i") as string });
    expect(m.series.cpu.every(([, v]) => v === null)).toBe(true);
  });

  it("nothing sent is empty and never zero; counters at zero are a quiet service, with nothing missing", async () => {
    answer = with_(() => []);
    const nothing = await source(connection(), 0).query(query);
    expect(nothing.totals).toMatchObject({ requests: null, errors: null, p99: null });
    expect(nothing.gaps.find((g) => g.measure === "requestsPerSecond")).toMatchObject({ kind: "empty", reason: expect.stringContaining("Datadog agent") as string });
    answer = with_((q) => PLAIN(q).map((s) => ({ ...s, value: q.includes("as_count") ? 0 : s.value })));
    const quiet = await source(connection(), 0).query(query);
    expect(quiet.totals).toMatchObject({ requests: 0, errors: 0, p99: null });
    expect(quiet.gaps.filter((g) => g.kind === "empty").map((g) => g.measure).sort()).toEqual(["memory", "restarts"]);
  });
});

it("a canary is judged by one request about its own pods, and by nothing where a part is missing", async () => {
  const figures = () => source().figures({ deploymentId: "d", revision: 2, from: new Date(NOW.getTime() - 300_000), to: NOW });
  const f = await figures();
  expect(asked).toHaveLength(1);
  expect(f).toMatchObject({ requests: 600, errors: 30, missing: {} });
  expect(f.p99Seconds).toBe(0.05);
  answer = with_(PLAIN, { errors: "one shard is away" });
  expect((await figures()).missing.requests).toMatch(/one shard is away/);
});

it("a fleet is one request for its pods and one a kind of model server, told apart by deployment", async () => {
  const of = (name: string, value: number, bound?: string) => ({ tags: ["kube_namespace:ns", `kube_deployment:${name}-r1`, ...(bound ? [`upper_bound:${bound}`] : [])], value });
  answer = with_((q) => {
    if (q.includes(".bucket")) return CUMULATIVE.map(([bound, value]) => of("a-x", value, bound));
    if (q.includes("slipway_requests.count") || q.includes("_duration_seconds.count")) return [of("a-x", 60), of("b-x", 6)];
    if (q.includes("slipway_errors")) return [of("a-x", 6)];
    if (q.includes("cpu.usage")) return [of("a-x", 1e9)];
    return q.includes("replicas_available") ? [of("a-x", 2)] : [];
  });
  const on = (id: string, name: string) => ({ id, dialect: "slipway" as const, cores: 1, series: { dialect: DIALECTS.slipway, namespace: "ns", name, revision: null, accelerators: 0, edge: { kind: "none" as const }, window: "5m" } });
  const c = connection();
  const fleet = await readDatadogFleet(c, [on("1", "a-x"), on("2", "b-x"), on("3", "c-x")], { windowSeconds: 3600, cellSeconds: 300, now: NOW, budgets: true }, askDatadog(c, () => NOW.getTime()));
  expect(asked).toHaveLength(3);
  expect(fleet.get("1")).toMatchObject({ requests: 720, errorRate: 0.1, p99Seconds: 0.05, why: null });
  expect(fleet.get("1")!.utilisation).toBeCloseTo(0.5);
  expect(fleet.get("2")).toMatchObject({ requests: 72, errorRate: 0, p99Seconds: null, utilisation: null });
  expect(fleet.get("3")).toMatchObject({ requests: null, why: expect.stringContaining("No metrics") as string, budget: { requests: null } });
});

it("a day of a cluster's use is one request a kind of model server, by revision; unknown where nothing was timed, and nothing where a part is missing", async () => {
  const of = (object: string, value: number, bound?: string) => ({ tags: ["kube_namespace:ns", `kube_deployment:${object}`, ...(bound ? [`upper_bound:${bound}`] : [])], value });
  const sent = (q: string): Series[] => {
    if (q.includes(".bucket")) return CUMULATIVE.map(([bound, value]) => of("a-x-r2", value, bound));
    if (q.includes("_duration_seconds.sum")) return [of("a-x-r2", 1.5)];
    if (q.includes("_duration_seconds.count")) return [of("a-x-r2", 60)];
    if (q.includes("slipway_requests.count")) return [of("a-x-r2", 60), of("a-x-r10", 6), of("b-r1", 0), of("somebody-else", 5)];
    return q.includes("slipway_errors") ? [of("a-x-r2", 3)] : [];
  };
  answer = with_(sent);
  const day = { from: new Date("2026-11-26T00:00:00Z"), to: new Date("2026-11-27T00:00:00Z") };
  const read = (dialect: "slipway" | "vllm", batches: boolean) => { const c = connection(); return readDatadogDay(askDatadog(c, () => NOW.getTime()), dialect, ["ns", "other"], day, batches); };
  expect(await read("slipway", false)).toEqual([
    { namespace: "ns", name: "a-x", revision: 2, handled: 1440, failed: 72, busySeconds: 36, p95Seconds: 0.05 },
    { namespace: "ns", name: "a-x", revision: 10, handled: 144, failed: 0, busySeconds: null, p95Seconds: null },
    { namespace: "ns", name: "b", revision: 1, handled: 0, failed: 0, busySeconds: 0, p95Seconds: null },
  ]);
  expect(asked).toHaveLength(1);
  for (const { query: q } of asked[0]!.queries) expect(q).toContain("{kube_namespace IN (ns,other)");
  expect((await read("slipway", true))[0]!.busySeconds).toBeNull();
  answer = with_((q) => (q.includes("vllm_request_success") ? [of("a-x-r2", 100)] : q.includes("status:5*") ? [of("a-x-r2", 1)] : q.includes("http_requests") ? [of("a-x-r2", 200)] : []));
  // Failures are a share of what came over HTTP, which is counted apart.
  expect((await read("vllm", true))[0]).toMatchObject({ handled: 2400, failed: 12, busySeconds: null });
  answer = with_(sent, { errors: "one shard is away" });
  await expect(read("slipway", false)).rejects.toThrow(/one shard is away/);
});

it("a check says what the agent sends", async () => {
  answer = with_((q) => (q.includes("cpu.usage") ? [{ tags: ["kube_namespace:a"], value: 1 }, { tags: ["kube_namespace:b"], value: 1 }] : []));
  const c = connection();
  expect(await checkDatadog(c, NOW)).toMatchObject({ ok: true, found: [{ name: "Kubelet check", series: 2 }, { series: 0 }, { series: 0 }] });
  answer = (_, r) => json(r, 401, {});
  expect(await checkDatadog(connection(), NOW)).toMatchObject({ ok: false, message: expect.stringContaining("refuses the keys") as string });
});

describe.each(Object.keys(DATADOG_SERVERS) as (keyof typeof DATADOG_SERVERS)[])("the queries for %s", (name) => {
  it("ask only for what the agent is told to fetch, and nothing has two names", () => {
    const queries = serverQueries(name, { ...podsOnDatadog("ns", "m", null), by: [], bucketSeconds: 30 }, ["requests", "failed", "of", "latency", "waiting", "compute", "ttft", "queue", "tokens", "causes", "mean"]);
    const fetched = new Set(Object.values(DATADOG_SERVERS[name].fetch));
    for (const q of Object.values(queries)) expect(fetched, q).toContain(/^sum:slipway\.([a-z0-9_]+?)(\.(count|sum|bucket))?\{/.exec(q)?.[1]);
    for (const [from, to] of Object.entries(DATADOG_SERVERS[name].fetch)) expect(`${from} ${to}`).toMatch(/^[a-zA-Z0-9_:]+ [a-z0-9_]+$/);
    expect(Object.keys(queries).every((n) => /^[a-z][a-zA-Z0-9_]*$/.test(n))).toBe(true);
  });
});
