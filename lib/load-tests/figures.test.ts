import { describe, expect, it } from "vitest";
import { atTarget } from "@/lib/load-tests/at-target";
import { forecastLoad, type LoadFacts } from "@/lib/load-tests/forecast-load";
import { kneeOf } from "@/lib/load-tests/knee";
import { createLoadTestSchema, loadPlanSchema } from "@/lib/load-tests/schema";
import { costPer1000, percentileOf, summariseStep } from "@/lib/load-tests/summarise-step";

const step = (throughput: number, p95Ms: number, failed = 0, cost: number | null = 0.001) => ({ throughput, p50Ms: p95Ms / 2, p95Ms, p99Ms: p95Ms * 2, answered: 1000 - failed, failed, costPer1000: cost });

describe("the knee", () => {
  it("is the step with the most throughput for its p95: the worked example of docs/load-tests.md", () => {
    // 100/10 = 10, 190/11 = 17.3, 350/14 = 25, 400/40 = 10, 405/120 = 3.4
    expect(kneeOf([step(100, 10), step(190, 11), step(350, 14), step(400, 40), step(405, 120)])).toMatchObject({ step: 2 });
  });
  it("is not claimed where load did not go past it, where one step makes no curve, and of steps that failed", () => {
    expect(kneeOf([step(100, 10), step(190, 11)])).toEqual({ step: null, note: expect.stringContaining("Not reached") });
    expect(kneeOf([step(100, 10)]).step).toBeNull();
    expect(kneeOf([]).note).toBe("No step has ended.");
    expect(kneeOf([step(100, 10), step(400, 5, 11), step(150, 40)])).toMatchObject({ step: 0, note: expect.stringContaining("first step already") });
    expect(kneeOf([step(1, 1, 500), step(2, 1, 500)])).toEqual({ step: null, note: expect.stringContaining("Every step") });
  });
});

describe("the cost at a latency target", () => {
  const steps = [step(100, 10, 0, 0.004), step(350, 14, 0, 0.0011), step(400, 40, 0, 0.001)];
  it("is that of the step with the most throughput that kept it, and nothing between steps", () => {
    expect(atTarget(steps, { percentile: "p95", targetMs: 20 })).toMatchObject({ step: 1, throughput: 350, costPer1000: 0.0011 });
    expect(atTarget(steps, { percentile: "p99", targetMs: 20 })).toMatchObject({ step: 0 });
    expect(atTarget(steps, { percentile: "p95", targetMs: 40 })).toMatchObject({ step: 2, note: expect.stringContaining("last step") });
    expect(atTarget(steps, { percentile: "p95", targetMs: 9 })).toMatchObject({ step: null, costPer1000: null });
  });
  it("is unknown, never zero, without a price", () => {
    expect(atTarget([step(5, 1, 0, null)], { percentile: "p50", targetMs: 5 })).toMatchObject({ step: 0, costPer1000: null });
    expect(costPer1000({ replicas: 2, pricePerHour: 0.36 }, 100)).toBeCloseTo(0.002, 12);
    expect([costPer1000({ replicas: null, pricePerHour: 1 }, 5), costPer1000({ replicas: 1, pricePerHour: null }, 5), costPer1000({ replicas: 1, pricePerHour: 1 }, 0)]).toEqual([null, null, null]);
  });
});

describe("a step's figures", () => {
  it("take percentiles by nearest rank of every answered request, and count only what was answered within the step as throughput", () => {
    const latenciesMs = Float64Array.from({ length: 100 }, (_, i) => 100 - i);
    const s = summariseStep(4, new Date(0), { seconds: 2, sent: 103, answeredWithin: 90, latenciesMs, sendDelaysMs: new Float64Array(), errorsByCause: { timeout: 2, queue_full: 1 } }, { replicas: 1, pricePerHour: 0.9 });
    expect(s).toMatchObject({ throughput: 45, answered: 100, failed: 3, p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100, meanMs: 50.5, sendDelayP99Ms: null });
    expect(s.costPer1000).toBeCloseTo(0.9 / 3600 / 45 * 1000, 12);
    expect(percentileOf(new Float64Array(), 0.5)).toBeNull();
  });
});

describe("the forecast", () => {
  const facts: LoadFacts = { revision: 1, requestBytes: 100, replicas: { ready: 2, max: 4 }, pricePerHour: 0.36, priceNote: "estimate", measured: { latencySeconds: 0.01, computeSeconds: 0.005 } };
  const closed = loadPlanSchema.parse({ loop: "closed", concurrency: [1, 2, 8], secondsPerStep: 10, warmUpSeconds: 2 });
  it("counts an open loop by the clock and a closed one by what was measured, and no more than the replicas can compute", () => {
    expect(forecastLoad(loadPlanSchema.parse({ loop: "open", requestsPerSecond: [10, 20], secondsPerStep: 10, warmUpSeconds: 2 }), facts)).toMatchObject({ seconds: 22, requests: 320 });
    // 1 caller: 100/s, 2: 200/s, 8: 800/s by latency, but 2 replicas of 5 ms compute 400/s.
    expect(forecastLoad(closed, facts)).toMatchObject({ seconds: 32, requests: 100 * 2 + (100 + 200 + 400) * 10 });
  });
  it("costs what the replicas cost anyhow, and says what it does not know", () => {
    const f = forecastLoad(closed, facts);
    expect([f.costUsd, f.costIfScaledUsd]).toEqual([2 * 0.36 * 32 / 3600, 4 * 0.36 * 32 / 3600]);
    expect(forecastLoad(closed, { ...facts, pricePerHour: null, measured: { latencySeconds: null, computeSeconds: null } })).toMatchObject({ requests: null, costUsd: null });
  });
});

it("a plan beyond the limits, unconfirmed, or that does not rise is refused", () => {
  const plan = { loop: "closed", concurrency: [1, 2], secondsPerStep: 10 };
  expect(createLoadTestSchema.safeParse({ plan, confirmed: true }).success).toBe(true);
  for (const bad of [{ plan }, { plan, confirmed: false }, { plan: { ...plan, concurrency: [2, 2] }, confirmed: true }, { plan: { ...plan, concurrency: [129] }, confirmed: true }, { plan: { ...plan, loop: "open" }, confirmed: true },
    { plan: { ...plan, concurrency: [1, 2, 3, 4, 5, 6, 7, 8], secondsPerStep: 120 }, confirmed: true }, { plan, confirmed: true, request: { inputs: [{ name: "x", data: "a".repeat(1_100_000) }] } }]) {
    expect(createLoadTestSchema.safeParse(bad).success).toBe(false);
  }
});
