import { describe, expect, it } from "vitest";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { budgetLeft, foldSteps, type TimedStep } from "./fold-steps";

const zeros = () => new Array<number>(DURATION_BUCKET_COUNT).fill(0);
const step = (at: number, more: Partial<TimedStep> = {}): TimedStep => ({
  at, seconds: 60, deploymentId: "d", projectId: "p", revision: 1, requests: {}, errors: {}, latency: zeros(), latencySum: 0, queue: zeros(), queueSum: 0, compute: zeros(), computeSum: 0,
  cpuSeconds: null, rssBytes: null, queueDepth: 0, inFlight: 0, replicasReady: 1, ...more,
});
const cells = { fromMs: 0, cellMs: 120_000, count: 3 };

describe("a deployment in a fleet", () => {
  it("uses of what its ready replicas asked for, cell by cell; what was not measured is a gap, not zero", () => {
    const f = foldSteps([step(0, { cpuSeconds: 15 }), step(60_000, { cpuSeconds: 15, replicasReady: 2 }), step(240_000, { cpuSeconds: 60 })], () => 0.5, cells);
    expect(f.cells).toEqual([30 / 90, null, 2]);
    expect(f.utilisation).toBeCloseTo(90 / 120, 10);
  });
  it("counts no step without a ready replica, nor one whose profile nobody knows", () => {
    const f = foldSteps([step(0, { cpuSeconds: 5, replicasReady: 0 }), step(60_000, { cpuSeconds: 5, revision: 9 })], (n) => (n === 9 ? undefined : 1), cells);
    expect([f.utilisation, f.cells]).toEqual([null, [null, null, null]]);
  });
  it("knows an error rate only where there were requests, and nothing at all without a step", () => {
    expect(foldSteps([step(0)], () => 1, cells)).toMatchObject({ requests: 0, errorRate: null, p99Seconds: null });
    expect(foldSteps([step(0, { requests: { 200: 9, 500: 1 }, errors: { runtime: 1 } })], () => 1, cells)).toMatchObject({ requests: 10, errorRate: 0.1, predictions: 9 });
    expect(foldSteps([], () => 1, cells)).toMatchObject({ requests: null, utilisation: null, busySeconds: null });
  });
});

it("an error budget is whole without errors, gone at the objective, and overdrawn beyond it", () => {
  expect([budgetLeft(1000, 0, 99), budgetLeft(0, 0, 99), budgetLeft(null, 3, 99)]).toEqual([1, null, null]);
  expect(budgetLeft(1000, 10, 99)).toBeCloseTo(0, 10);
  expect(budgetLeft(1000, 20, 99)).toBeCloseTo(-1, 10);
});
