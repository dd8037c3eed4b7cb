import { describe, expect, it } from "vitest";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { seriesOf, totalsOf } from "@/lib/observability/series";
import type { Step } from "@/lib/observability/steps";

const zeros = () => new Array<number>(DURATION_BUCKET_COUNT).fill(0);
const step = (at: number, more: Partial<Step>): Step => ({
  at, deploymentId: "d", projectId: "p", revision: 1, requests: {}, errors: {}, latency: zeros(), latencySum: 0, queue: zeros(), queueSum: 0, compute: zeros(), computeSum: 0,
  cpuSeconds: null, rssBytes: null, queueDepth: 0, inFlight: 0, replicasReady: 1, ...more,
});
const range = { fromSeconds: 0, toSeconds: 40, stepSeconds: 10 };

describe("seriesOf", () => {
  it("draws a gap as null in every series, never as zero", () => {
    const { series, errorsByCause } = seriesOf([step(0, { requests: { ok: 20 }, errors: { timeout: 1 } }), step(30_000, { requests: { ok: 5 } })], range);
    for (const [name, points] of [...Object.entries(series), ...Object.entries(errorsByCause)]) {
      expect(points.map(([t]) => t), name).toEqual([0, 10, 20, 30]);
      expect([points[1]![1], points[2]![1]], name).toEqual([null, null]);
    }
    expect(series.requestsPerSecond.map(([, v]) => v)).toEqual([2, null, null, 0.5]);
  });

  it("has no error rate and no quantile without requests, but zero requests a second", () => {
    const { series } = seriesOf([step(0, {})], range);
    expect([series.errorRate[0]![1], series.p95[0]![1], series.requestsPerSecond[0]![1]]).toEqual([null, null, 0]);
  });

  it("counts only the service's own failures in the error rate", () => {
    const { series, totals } = seriesOf([step(0, { requests: { ok: 6, failed: 4 }, errors: { timeout: 1, queue_full: 1, bad_request: 2 } })], range);
    expect(series.errorRate[0]![1]).toBeCloseTo(0.2, 12);
    expect(totals).toMatchObject({ requests: 10, errors: 2 });
  });

  it("shows requests to a stopped deployment by cause, and in no rate", () => {
    const { series, totals, errorsByCause } = seriesOf([step(0, { requests: { ok: 5 }, errors: { stopped: 20 } }), step(10_000, { errors: { stopped: 20 } })], range);
    expect(errorsByCause.stopped!.slice(0, 2)).toEqual([[0, 2], [10, 2]]);
    expect(series.errorRate.slice(0, 2)).toEqual([[0, 0], [10, null]]);
    expect(totals).toMatchObject({ requests: 5, errors: 0 });
  });

  it("leaves processor and memory null where they were not measured", () => {
    const { series } = seriesOf([step(0, { cpuSeconds: 5, rssBytes: 1000 }), step(10_000, {})], range);
    expect(series.cpu.slice(0, 2)).toEqual([[0, 0.5], [10, null]]);
    expect(series.memory.slice(0, 2)).toEqual([[0, 1000], [10, null]]);
  });
});

describe("totalsOf", () => {
  it("is null where nothing was observed", () => {
    expect(totalsOf([])).toMatchObject({ requests: 0, p50: null, computeMeanMs: null });
    expect(totalsOf([step(0, {})])).toMatchObject({ requests: 0, p95: null, computeP50Ms: null, computeMeanMs: null });
  });

  it("computes the mean from the sum, in milliseconds", () => {
    expect(totalsOf([step(0, { compute: Object.assign(zeros(), { 2: 4 }), computeSum: 0.02 })]).computeMeanMs).toBeCloseTo(5, 9);
  });
});
