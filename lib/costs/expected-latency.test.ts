import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangC, expectedP95 } from "@/lib/costs/expected-latency";
import { forecastRequestSchema } from "@/lib/costs/schema";

const request = (rate: number, seconds: number, min: number, max = min, targetUtilisation = 0.7) => forecastRequestSchema.parse({ requestsPerSecondByHour: Array<number>(24).fill(rate), secondsPerRequest: { value: seconds, basis: "assumed" }, scaling: { min, max }, targetUtilisation });

/** A small seeded generator: the simulation is the same on every machine. */
function seeded(seed: number) {
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed + 0.5) / 4_294_967_296;
  };
}

/** Plays a queue of `places` servers and returns the 95th percentile of waiting. */
function playedWait(seed: number, rate: number, seconds: number, places: number, requests: number): number {
  const random = seeded(seed);
  const free = Array<number>(places).fill(0);
  const waits: number[] = [];
  for (let i = 0, at = 0; i < requests; i++) {
    at += -Math.log(random()) / rate;
    let first = 0;
    for (let p = 1; p < places; p++) if (free[p]! < free[first]!) first = p;
    const start = Math.max(at, free[first]!);
    free[first] = start + -Math.log(random()) * seconds;
    waits.push(start - at);
  }
  return waits.sort((a, b) => a - b)[Math.floor(requests * 0.95)]!;
}

describe("expected p95", () => {
  it("worked example: one place half busy waits half the time, 95% wait less than ln(0.5 ÷ 0.05) × s ÷ (1 − 0.5)", () => {
    expect(erlangC(1, 0.5)).toBeCloseTo(0.5, 12);
    expect(expectedP95(request(5, 0.1, 1))).toBeCloseTo(0.1 + (Math.log(10) * 0.1) / 0.5, 12);
  });
  it("is the compute time where nobody waits, and unknown where the queue only grows", () => {
    expect(expectedP95(request(0, 0.1, 1))).toBe(0.1);
    expect(expectedP95(request(20, 0.1, 1))).toBeNull();
  });
  it.each([[8, 0.1, 1], [30, 0.1, 4], [90, 0.1, 10]])("a seeded simulation of %d requests/s of %d s on %d replicas agrees within 10%%", (rate, seconds, replicas) => {
    const waiting = expectedP95(request(rate, seconds, replicas))! - seconds;
    expect(playedWait(20_261_127, rate, seconds, replicas, 300_000) / waiting).toBeCloseTo(1, 0.7);
  });
  it("never falls with more traffic or slower requests, nor rises with more replicas", () => {
    const some = fc.tuple(fc.double({ min: 0.1, max: 50, noNaN: true }), fc.double({ min: 0.001, max: 0.5, noNaN: true }), fc.integer({ min: 1, max: 20 }));
    fc.assert(fc.property(some, ([rate, seconds, replicas]) => {
      const of = (r: number, s: number, n: number) => expectedP95(request(r, s, n)) ?? Infinity;
      const now = of(rate, seconds, replicas);
      expect(of(rate * 1.1, seconds, replicas)).toBeGreaterThanOrEqual(now - 1e-12);
      expect(of(rate, seconds * 1.1, replicas)).toBeGreaterThanOrEqual(now - 1e-12);
      expect(of(rate, seconds, replicas + 1)).toBeLessThanOrEqual(now + 1e-12);
    }), { numRuns: 300 });
  });
});
