import { describe, expect, it } from "vitest";
import { readAnswer, type PromAnswer } from "@/lib/observability/prometheus/read-answer";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { UselessAnswer } from "@/lib/observability/useless-answer";

const NOW = new Date("2026-11-27T06:00:30Z");
const matrix = (values: [number, string][], metric = {}) => JSON.stringify({ status: "success", data: { resultType: "matrix", result: [{ metric, values }] } });
const of = { dialect: DIALECTS.slipway, namespace: "n", name: "m", accelerators: 0, edge: { kind: "none" } as const, revisions: [1], scrapeIntervalSeconds: 15 };

/** Asks with `answer` for queries that contain `about`, and with one plain series for the others. */
async function measured(about: string, answer: (query: string) => PromAnswer) {
  const asked: string[] = [];
  const source = prometheusSource(async (_path, form) => {
    asked.push(form.query!);
    if (form.query!.includes(about)) return answer(form.query!);
    return { warnings: [], series: [{ labels: {}, points: [[Number(form.end ?? form.time), 1]] }] };
  }, of);
  return { metrics: await source.query({ deploymentId: "d", window: "5m", now: NOW }), asked };
}

describe("a bad answer is a gap of the measure it was for, and of no other", () => {
  it.each([
    ["a web page", () => readAnswer(200, "text/html", "<html><script>alert(1)</script>"), /web page \(HTTP 200\)/],
    ["a redirect", () => readAnswer(302, "text/html", ""), /redirects .* sign-in/],
    ["an error of the server", () => readAnswer(500, "application/json", '{"status":"error","error":"query <b>timed</b> out"}'), /HTTP 500: query btimed\/b out/],
    ["refused credentials", () => readAnswer(401, "text/plain", "no"), /refuses the credentials/],
    ["JSON of something else", () => readAnswer(200, "application/json", '{"status":"success","data":[]}'), /not that of a Prometheus API/],
    ["too many series", () => readAnswer(200, "application/json", JSON.stringify({ status: "success", data: { resultType: "matrix", result: Array.from({ length: 5000 }, () => ({ metric: {}, values: [] })) } })), /5000 series/],
    ["two series for one", () => readAnswer(200, "application/json", JSON.stringify({ status: "success", data: { resultType: "matrix", result: [{ metric: { a: "1" }, values: [] }, { metric: { a: "2" }, values: [] }] } })), /2 series where one/],
    ["silence", (): PromAnswer => { throw new UselessAnswer("It did not answer within 10 s."); }, /did not answer/],
  ])("%s", async (_, answer, reason) => {
    const { metrics } = await measured("slipway_queue_depth", answer);
    const failed = metrics.gaps.filter((g) => g.kind === "failed");
    expect(failed.map((g) => g.measure)).toEqual(["queue"]);
    expect(failed[0]!.reason).toMatch(reason);
    expect(failed[0]!.reason).not.toMatch(/[<>]/);
    expect(metrics.series.queue.every(([, v]) => v === null)).toBe(true);
    expect(metrics.series.p99.at(-1)![1]).toBe(1);
  });

  it("nothing scraped is empty, with what it needs", async () => {
    const { metrics } = await measured("kube_pod_status_ready", () => ({ series: [], warnings: [] }));
    expect(metrics.gaps.find((g) => g.measure === "replicas")).toMatchObject({ kind: "empty", reason: expect.stringContaining("kube-state-metrics") as string });
  });

  it("a part is shown as a part", async () => {
    const { metrics } = await measured("slipway_queue_depth", () => ({ series: [{ labels: {}, points: [[1795759220, 2]] }], warnings: ["store gateway 2 is away"] }));
    expect(metrics.gaps.find((g) => g.measure === "queue")).toMatchObject({ kind: "partial", reason: expect.stringContaining("store gateway 2") as string });
  });

  it("NaN and infinities are null, never a number", () => {
    const { series } = readAnswer(200, "application/json", matrix([[10, "NaN"], [20, "+Inf"], [30, "0.5"], [40, ""]]));
    expect(series[0]!.points).toEqual([[10, null], [20, null], [30, 0.5], [40, null]]);
  });
});

it("tells of the causes of errors that happened, and not of those that a server only counts from zero", async () => {
  const at = NOW.getTime() / 1000 - 30;
  const { metrics } = await measured("by (cause)", () => ({ warnings: [], series: [{ labels: { cause: "runtime" }, points: [[at, 0], [at + 15, 0.2]] }, { labels: { cause: "timeout" }, points: [[at, 0], [at + 15, 0]] }] }));
  expect(Object.keys(metrics.errorsByCause)).toEqual(["runtime"]);
});

it("a value of Prometheus at T is of the step before T, and a profile without a GPU is not asked about one", async () => {
  const { metrics, asked } = await measured("nothing-at-all", () => ({ series: [], warnings: [] }));
  expect(metrics.series.p99.at(-1)).toEqual([metrics.to - metrics.stepSeconds, 1]);
  expect(asked.some((q) => q.includes("DCGM"))).toBe(false);
  expect(metrics.gaps.find((g) => g.measure === "gpu")?.reason).toBe("The profile has no GPU.");
  expect(asked.length).toBeLessThan(30);
});

describe("what a canary is judged by", () => {
  const T0 = new Date("2026-11-27T06:00:00Z");
  const figures = (answer: (query: string) => PromAnswer, seconds = 300) => {
    const asked: Record<string, string>[] = [];
    const source = prometheusSource(async (_path, form) => { asked.push(form); return answer(form.query!); }, { ...of, revisions: [1, 2] });
    return source.figures({ deploymentId: "d", revision: 2, from: T0, to: new Date(T0.getTime() + seconds * 1000) }).then((f) => ({ f, asked }));
  };
  const one = (value: number | null): PromAnswer => ({ warnings: [], series: [{ labels: {}, points: [[0, value]] }] });
  it("is three instant queries over the step's own time, of the pods of one revision", async () => {
    const { f, asked } = await figures((q) => one(q.includes("histogram_quantile") ? 0.05 : q.includes(" or ") ? 0.1 : 2));
    expect(f).toEqual({ requests: 600, errors: 60, p99Seconds: 0.05, missing: {} });
    expect(asked).toHaveLength(3);
    for (const { query, time } of asked) {
      expect(query).toMatch(/\[300s\]/);
      expect(query).toMatch(/pod=~"m-r2-\.\+"/);
      expect(time).toBe(String(T0.getTime() / 1000 + 300));
    }
    expect((await figures(() => one(1), 20)).asked[0]!.query).toMatch(/\[60s\]/);
  });
  it("is not known where the source says nothing, part of it, or nothing usable, and then it says why", async () => {
    expect((await figures(() => ({ warnings: [], series: [] }))).f).toMatchObject({ requests: null, errors: null, p99Seconds: null, missing: { requests: expect.stringMatching(/No metrics of/), p99Seconds: expect.stringMatching(/No metrics of/) } });
    expect((await figures(() => ({ ...one(1), warnings: ["a shard is down"] }))).f).toMatchObject({ requests: null, missing: { requests: expect.stringMatching(/a shard is down/) } });
    expect((await figures(() => { throw new UselessAnswer("It did not answer within 10 s."); })).f.missing).toEqual({ requests: "It did not answer within 10 s.", errors: "It did not answer within 10 s.", p99Seconds: "It did not answer within 10 s." });
    expect((await figures((q) => one(q.includes(" or ") ? null : 3))).f).toMatchObject({ requests: 900, errors: null, missing: { errors: expect.any(String) } });
  });
});

it("of a server that exposes nothing, what Envoy counts in front of it is drawn, said to be the edge's, and one query more a measure", async () => {
  const asked: string[] = [];
  const source = (edgeAnswers: boolean) => prometheusSource(async (_path, form) => {
    asked.push(form.query!);
    return { warnings: [], series: edgeAnswers && form.query!.includes("envoy_cluster_name=") ? [{ labels: {}, points: [[Number(form.end ?? form.time), 0.25]] }] : [] };
  }, { ...of, dialect: DIALECTS.http, edge: { kind: "envoy", route: "httproute/n/m/rule/0" } });
  const m = await source(true).query({ deploymentId: "d", window: "5m", now: NOW });
  for (const measure of ["p50", "p99", "requestsPerSecond", "errorRate"] as const) {
    expect(m.series[measure].at(-1)![1], measure).toBe(0.25);
    expect(m.gaps.find((g) => g.measure === measure), measure).toMatchObject({ kind: "edge", reason: expect.stringMatching(/^No metrics of HTTP server .* Measured at the edge \(Envoy\) instead/) as string });
  }
  expect(m.totals).toMatchObject({ requests: 75, errors: 19, p99: 0.25 });
  // Five measures over time and five figures of the window.
  expect(asked.filter((q) => q.includes("envoy_cluster_name="))).toHaveLength(10);
  // What the edge cannot tell, a revision's share of it, and an edge that tells nothing either, stay missing.
  expect(m.gaps.find((g) => g.measure === "mean")).toMatchObject({ kind: "empty" });
  asked.length = 0;
  expect((await source(true).query({ deploymentId: "d", window: "5m", revision: 1, now: NOW })).gaps.find((g) => g.measure === "p99")).toMatchObject({ kind: "empty" });
  expect(asked.filter((q) => q.includes("envoy_cluster_name="))).toEqual([]);
  expect((await source(false).query({ deploymentId: "d", window: "5m", now: NOW })).gaps.find((g) => g.measure === "p99")).toMatchObject({ kind: "empty", reason: expect.stringContaining("PodMonitor") as string });
});
