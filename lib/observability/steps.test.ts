import { describe, expect, it } from "vitest";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { MAX_INTERVAL_MS, mergeSteps, stepsOf, type SampleRow } from "@/lib/observability/steps";

const zeros = () => new Array<number>(DURATION_BUCKET_COUNT).fill(0);
const inBucket = (i: number, count: number) => Object.assign(zeros(), { [i]: count });

function sample(at: number, ok: number, more: Partial<SampleRow> = {}): SampleRow {
  return {
    at, deploymentId: "d", projectId: "p", revision: 1, replica: "r1", state: "ready", requests: { ok }, errors: {}, latency: inBucket(3, ok), latencySum: ok / 100,
    queue: zeros(), queueSum: 0, compute: zeros(), computeSum: 0, cpuSeconds: null, rssBytes: null, queueDepth: 0, inFlight: 0, ...more,
  };
}
const counted = (samples: SampleRow[], stepMs = 10_000) => stepsOf(samples, stepMs).map((s) => [s.at, s.requests.ok ?? 0]);

describe("stepsOf", () => {
  it("counts a replica's first sample whole", () => {
    expect(counted([sample(5_000, 7)])).toEqual([[0, 7]]);
  });

  it("counts what was added between two samples, in counts, buckets and sums alike", () => {
    const steps = stepsOf([sample(5_000, 7), sample(15_000, 10)], 10_000);
    expect(steps.map((s) => s.requests.ok)).toEqual([7, 3]);
    expect(steps.map((s) => s.latency[3])).toEqual([7, 3]);
    expect(steps[1]!.latencySum).toBeCloseTo(0.03, 12);
  });

  it("takes a counter that falls as started again from zero", () => {
    const steps = stepsOf([sample(5_000, 100), sample(15_000, 4)], 10_000);
    expect(steps[1]).toMatchObject({ requests: { ok: 4 } });
    expect(steps[1]!.latency[3]).toBe(4);
  });

  it("gives an increase to the step that holds the middle of its interval", () => {
    expect(counted([sample(1_000, 1), sample(11_000, 5)])).toEqual([[0, 5]]); // middle 6 s
    expect(counted([sample(9_000, 1), sample(13_000, 5)])).toEqual([[0, 1], [10_000, 4]]); // middle 11 s
  });

  it("loses nothing over a silence longer than an interval, and puts it where the replica was heard again", () => {
    const again = 5_000 + 3 * MAX_INTERVAL_MS;
    expect(counted([sample(5_000, 1), sample(again, 9)])).toEqual([[0, 1], [Math.floor(again / 10_000) * 10_000, 8]]);
  });

  it("makes no step where nothing was scraped", () => {
    expect(counted([sample(5_000, 1), sample(45_000, 2)]).map(([at]) => at)).toEqual([0, 20_000]);
  });

  it("keeps replicas' counters apart and adds their increases and their memory", () => {
    const steps = stepsOf([
      sample(1_000, 10, { rssBytes: 100 }), sample(1_000, 20, { replica: "r2", rssBytes: 50 }), sample(3_000, 11, { rssBytes: 100 }), sample(3_000, 25, { replica: "r2", rssBytes: 60 }),
    ], 10_000);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ requests: { ok: 36 }, replicasReady: 2, rssBytes: 160, cpuSeconds: null });
  });

  it("counts a replica once that was scraped twice in a second, with what was seen last", () => {
    const twice = [sample(4_999, 7, { rssBytes: 100, inFlight: 2 }), sample(5_001, 7, { rssBytes: 110, inFlight: 1 }), sample(5_000, 1, { replica: "r2", rssBytes: 50 })];
    expect(stepsOf(twice, 10_000)).toMatchObject([{ requests: { ok: 8 }, replicasReady: 2, rssBytes: 160, inFlight: 1 }]);
  });

  it("does not mix revisions", () => {
    expect(stepsOf([sample(1_000, 1), sample(1_000, 2, { revision: 2, replica: "r2" })], 10_000).map((s) => [s.revision, s.requests.ok])).toEqual([[1, 1], [2, 2]]);
  });
});

describe("mergeSteps", () => {
  const steps = stepsOf([
    sample(1_000, 3, { queueDepth: 2, cpuSeconds: 1 }), sample(15_000, 5, { queueDepth: 4, cpuSeconds: 1.5 }), sample(1_000, 10, { replica: "r2", revision: 2 }),
  ], 5_000);

  it("adds counts, whatever the step, and keeps the total", () => {
    for (const stepMs of [5_000, 20_000, 60_000]) expect(mergeSteps(steps, stepMs).reduce((sum, s) => sum + s.requests.ok!, 0)).toBe(15);
    expect(mergeSteps(steps, 60_000)).toHaveLength(1);
    expect(mergeSteps(steps, 60_000)[0]!.cpuSeconds).toBeCloseTo(1.5, 12);
  });

  it("means gauges over time and adds them over revisions", () => {
    expect(mergeSteps(steps, 60_000)[0]).toMatchObject({ queueDepth: 3, replicasReady: 1.5 });
  });

  it("keeps apart what the key tells apart", () => {
    expect(mergeSteps(steps, 60_000, (s) => String(s.revision)).map((s) => [s.revision, s.requests.ok])).toEqual([[1, 5], [2, 10]]);
  });

  it("leaves what was never measured null", () => {
    expect(mergeSteps(steps, 60_000)[0]!.rssBytes).toBeNull();
  });
});
