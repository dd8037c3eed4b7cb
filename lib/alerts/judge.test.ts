import { expect, it } from "vitest";
import { judge } from "@/lib/alerts/judge";
import type { Condition } from "@/lib/alerts/schema";
import type { Metrics } from "@/lib/observability/metrics-source";

const now = new Date("2026-11-01T00:10:00Z");
const at = now.getTime() / 1000;
function metrics(totals: Partial<Metrics["totals"]>, more: { asOf?: number | null; queue?: number; replicas?: number; gaps?: Metrics["gaps"] } = {}): Metrics {
  return { asOf: more.asOf === undefined ? at : more.asOf, gaps: more.gaps ?? [], series: { queue: [[at, more.queue ?? 0]], replicas: [[at, more.replicas ?? 1], [at + 15, null]] }, totals: { requests: 100, errors: 0, p99: 0.1, ...totals } } as unknown as Metrics;
}
const said = (c: Condition, m: Metrics | null, other: Metrics | null = m) => judge(c, { metrics: { "5m": m, "1h": other, "6h": other }, events: null, budget: null }, now).verdict;
const latency: Condition = { kind: "latency", thresholdMs: 100, window: "5m" };
const burn: Condition = { kind: "burnRate", objectivePercent: 99, speed: "fast" };

it("a source that does not answer, an old sample and no request at all are unknown, for every measure", () => {
  const conditions: Condition[] = [latency, { kind: "errorRate", thresholdPercent: 1, window: "5m" }, burn, { kind: "saturation", waitingPerReplica: 1, window: "5m" }, { kind: "noTraffic", window: "5m" }];
  for (const c of conditions) for (const m of [null, metrics({}, { asOf: null }), metrics({}, { asOf: at - 91 })]) expect(said(c, m)).toBe("unknown");
  for (const c of conditions.slice(0, 3)) expect(said(c, metrics({ requests: 0, p99: null }))).toBe("unknown");
  for (const c of conditions.slice(3)) expect(said(c, metrics({ requests: 0 }, { replicas: 0 }))).toBe("unknown");
});

it("is over its limit, clearly below it (nine tenths), or between", () => {
  expect([0.101, 0.1, 0.091, 0.09].map((p99) => said(latency, metrics({ p99 })))).toEqual(["breach", "between", "between", "clear"]);
});

it("burns only when the long and the short window both do", () => {
  const [bad, good] = [metrics({ errors: 20 }), metrics({ errors: 0 })];
  expect([said(burn, bad, bad), said(burn, bad, good), said(burn, good, bad)]).toEqual(["breach", "clear", "clear"]);
});

it("no traffic with a ready replica is a breach; waiting requests count per replica", () => {
  expect(said({ kind: "noTraffic", window: "5m" }, metrics({ requests: 0 }))).toBe("breach");
  expect([1, 3].map((replicas) => said({ kind: "saturation", waitingPerReplica: 2, window: "5m" }, metrics({}, { queue: 5, replicas })))).toEqual(["breach", "clear"]);
});

it("a budget whose spending is unknown is unknown", () => {
  const of = (spentUsd: number | null) => judge({ kind: "budget", percent: 80 }, { metrics: {}, events: null, budget: { budgetUsd: 100, spentUsd } }, now).verdict;
  expect([of(null), of(80), of(50)]).toEqual(["unknown", "breach", "clear"]);
});

it("a source that is missing or fails says why, whatever else it knows; a server that has no such measure says that", () => {
  const why = (c: Condition, ...gaps: Metrics["gaps"]) => judge(c, { metrics: { "5m": metrics({ p99: gaps[0]?.kind === "absent" ? null : 9 }, { gaps }) }, events: null, budget: null }, now).noData;
  expect(why(latency, { measure: "p50", kind: "no_source", reason: "No source: a cluster." })).toBe("No source: a cluster.");
  expect(why(latency, { measure: "totals", kind: "failed", reason: "It answered HTTP 500." })).toBe("It answered HTTP 500.");
  expect(why(latency, { measure: "queue", kind: "failed", reason: "Of no interest here." })).toBeNull();
  expect(why(latency, { measure: "p99", kind: "absent", reason: "It keeps no percentiles." })).toBe("It keeps no percentiles.");
  expect(why({ kind: "saturation", waitingPerReplica: 1, window: "5m" }, { measure: "queue", kind: "empty", reason: "Nothing was scraped." })).toBe("Nothing was scraped.");
});

it("failed replicas and interruptions count from their number on", () => {
  const of = (c: Condition, events: number | null) => { const j = judge(c, { metrics: {}, events, budget: null }, now); return [j.verdict, j.value]; };
  const crash: Condition = { kind: "crashLoop", failures: 3, minutes: 10 };
  expect([of(crash, 2), of(crash, 3), of(crash, null)]).toEqual([["clear", 2], ["breach", 3], ["unknown", null]]);
  expect(of({ kind: "spotInterruption", interruptions: 1, minutes: 60 }, 1)).toEqual(["breach", 1]);
});
