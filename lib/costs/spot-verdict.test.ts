import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spotVerdict, type SpotVerdict, type SpotVerdictInput } from "./spot-verdict";

const MONTH_SECONDS = 730 * 3600;
const verdict = (input: SpotVerdictInput) => {
  const v = spotVerdict(input);
  return v.known ? v : expect.fail(v.reason);
};

/** mulberry32: a small seeded generator, so that the simulation is the same on every machine. */
function seeded(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Plays `months` with exponential times between interruptions and counts the seconds with fewer than `needed` replicas. */
function simulate(seed: number, months: number, perMonth: number, gap: number, n: number, needed: number) {
  const random = seeded(seed);
  const changes: [number, number][] = [];
  const horizon = months * MONTH_SECONDS;
  let interruptions = 0;
  for (let replica = 0; replica < n; replica++) {
    for (let at = 0; ; ) {
      at += (-Math.log(1 - random()) * MONTH_SECONDS) / perMonth;
      if (at >= horizon) break;
      interruptions++;
      changes.push([at, -1], [Math.min(at + gap, horizon), +1]);
      at += gap;
    }
  }
  changes.sort((a, b) => a[0] - b[0]);
  let up = n;
  let since = 0;
  let short = 0;
  for (const [at, step] of changes) {
    if (up < needed) short += at - since;
    since = at;
    up += step;
  }
  return { shortPerMonth: short / months, interruptionsPerMonth: interruptions / months };
}

describe("against a seeded Monte-Carlo simulation", () => {
  // Gaps far longer than a real start, so that simultaneous losses happen often enough to be counted.
  it.each([
    { rangeIndex: 4, perMonth: 1, gap: 600, n: 1, needed: 1 },
    { rangeIndex: 4, perMonth: 1, gap: 200_000, n: 2, needed: 1 },
    { rangeIndex: 4, perMonth: 1, gap: 100_000, n: 3, needed: 2 },
    { rangeIndex: 3, perMonth: 0.2, gap: 400_000, n: 4, needed: 3 },
  ])("band $rangeIndex, $n replicas, $needed needed, gap $gap s: within 5%", ({ rangeIndex, perMonth, gap, n, needed }) => {
    const v = verdict({ rangeIndex, startSeconds: gap + 120, replicas: n, neededReplicas: needed, availability: 0.99 });
    const played = simulate(20_260_801, 40_000, perMonth, gap, n, needed);
    expect(v.unservedSecondsPerMonth.independent / played.shortPerMonth).toBeGreaterThan(0.95);
    expect(v.unservedSecondsPerMonth.independent / played.shortPerMonth).toBeLessThan(1.05);
    // The band counts interruptions per instance that runs; one that is being replaced cannot be interrupted.
    const running = MONTH_SECONDS / (MONTH_SECONDS + perMonth * gap);
    expect((v.interruptionsPerMonth.high * running) / played.interruptionsPerMonth).toBeCloseTo(1, 1);
  });
});

describe("a verdict", () => {
  it("within the notice nothing is lost and no replica needs to be on-demand", () => {
    expect(verdict({ rangeIndex: 4, startSeconds: 90, replicas: 2, availability: 0.9999 })).toMatchObject({
      gapSeconds: 0, unservedSecondsPerMonth: { independent: 0, together: 0 }, onDemandFloor: { independent: 0, together: 0 }, sentence: expect.stringContaining("within the two-minute notice") });
  });
  it("worked example: one replica in the open band that needs 300 s is short 180 s a month", () => {
    const v = verdict({ rangeIndex: 4, startSeconds: 300, replicas: 1, availability: 0.9999 });
    expect(v.interruptionsPerMonth).toEqual({ low: 0.2, high: 1 });
    expect(v.unservedSecondsPerMonth.together).toBeCloseTo(180, 1);
    expect(v.onDemandFloor).toEqual({ independent: 0, together: 0 });
    expect(verdict({ rangeIndex: 4, startSeconds: 300, replicas: 1, availability: 0.99999 })).toMatchObject({ onDemandFloor: { independent: 1 }, sentence: expect.stringContaining("keep 1 of 1 on-demand") });
  });
  it("a second replica in a pool apart helps, in the same pool it does not", () => {
    const v = verdict({ rangeIndex: 4, startSeconds: 300, replicas: 2, availability: 0.99999 });
    expect(v.unservedSecondsPerMonth.independent).toBeLessThan(0.1);
    expect(v.unservedSecondsPerMonth.together).toBeCloseTo(180, 1);
    expect(v.onDemandFloor).toEqual({ independent: 0, together: 1 });
  });
  it("fewer replicas than are needed cannot reach any availability", () => {
    expect(verdict({ rangeIndex: 0, startSeconds: 300, replicas: 1, neededReplicas: 2, availability: 0.5 }).onDemandFloor).toEqual({ independent: null, together: null });
  });
  it("is withheld without a band or a measured start", () => {
    const unknown = (v: SpotVerdict) => (v.known ? "known" : v.reason);
    expect(unknown(spotVerdict({ rangeIndex: null, startSeconds: 1, replicas: 1, availability: 0.9 }))).toMatch(/band/);
    expect(unknown(spotVerdict({ rangeIndex: 1, startSeconds: null, replicas: 1, availability: 0.9 }))).toMatch(/not been measured/);
  });
});

it("for any input: a slower start, a worse band or a higher demand never leaves less unserved; all on-demand always suffices", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (rangeIndex, startSeconds, replicas, some) => {
    const neededReplicas = Math.min(replicas, some);
    const input = { rangeIndex, startSeconds, replicas, neededReplicas, availability: 0.9999 };
    const base = verdict(input);
    const u = (v: typeof base) => v.unservedSecondsPerMonth.independent + 1e-6;
    expect(base.unservedSecondsPerMonth.independent).toBeGreaterThanOrEqual(0);
    expect(u(verdict({ ...input, startSeconds: startSeconds + 60 }))).toBeGreaterThanOrEqual(base.unservedSecondsPerMonth.independent);
    expect(u(verdict({ ...input, rangeIndex: rangeIndex + 1 }))).toBeGreaterThanOrEqual(base.unservedSecondsPerMonth.independent);
    expect(base.onDemandFloor.independent).not.toBeNull();
    expect(base.onDemandFloor.independent!).toBeLessThanOrEqual(neededReplicas);
    expect(base.onDemandFloor.together!).toBeLessThanOrEqual(neededReplicas);
  }));
});

describe("the on-demand floor, against the same seeded simulation", () => {
  it.each([
    { rangeIndex: 4, perMonth: 1, gap: 100_000, n: 3, needed: 2, availability: 0.97 },
    { rangeIndex: 3, perMonth: 0.2, gap: 400_000, n: 4, needed: 3, availability: 0.95 },
    { rangeIndex: 4, perMonth: 1, gap: 3_600, n: 2, needed: 2, availability: 0.999 },
  ])("band $rangeIndex, $n replicas, $needed needed at $availability: the floor keeps it, one less does not", ({ rangeIndex, perMonth, gap, n, needed, availability }) => {
    const floor = verdict({ rangeIndex, startSeconds: gap + 120, replicas: n, neededReplicas: needed, availability }).onDemandFloor.independent!;
    // Those on demand are always there: of the others so many less are needed.
    const unserved = (onDemand: number) => (needed <= onDemand ? 0 : simulate(20_261_127, 20_000, perMonth, gap, n - onDemand, needed - onDemand).shortPerMonth / MONTH_SECONDS);
    expect(unserved(floor)).toBeLessThanOrEqual((1 - availability) * 1.05);
    if (floor > 0) expect(unserved(floor - 1)).toBeGreaterThan((1 - availability) * 0.95);
  });
});
