import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { forecast } from "./forecast";
import { priceReplicaTime } from "./price-replica-time";
import { forecastRequestSchema, forecastSchema, replicaTimeCostSchema } from "./schema";

const profiles = awsProfiles("us-east-1", new Date("2026-08-01T00:00:00Z"));
const on = (slug: string) => profiles.find((p) => p.slug === slug) ?? expect.fail(`no profile ${slug}`);
const steadily = (rps: number, more: Record<string, unknown> = {}) =>
  forecastRequestSchema.parse({ requestsPerSecondByHour: Array(24).fill(rps), secondsPerRequest: { value: 0.1, basis: "measured" }, scaling: { min: 1, max: 10 }, ...more });

describe("worked examples", () => {
  it("20 requests/s of 0.1 s at 70% are 3 replicas: 2,190 hours × $0.8048, 52,560,000 predictions", () => {
    const { likely } = forecast(steadily(20), on("g6-xlarge"));
    expect(likely).toMatchObject({ replicaHours: 2190, monthly: 1762.512, servedRequests: 52_560_000, unservedRequests: 0, per1000Predictions: 0.033533333 });
    expect(likely.workings.map((w) => w.value)).toEqual([72, 2190, 0.8048, 1762.512, 52_560_000, 0.033533333]);
  });
  it("a replica exactly at its target utilisation needs no second one", () => expect(forecast(steadily(7), on("g6-xlarge")).likely.replicaHours).toBe(730));
  it("spot mix, and low and high at its ends: half spot, half on-demand with 10% discount", () => {
    const f = forecast(steadily(1, { spotShare: 0.5, onDemandDiscount: 0.1 }), on("g6-xlarge-spot-fallback"));
    expect(f.likely.workings[2]).toMatchObject({ value: 0.567384, formula: expect.stringContaining("0.5 × spot") });
    expect([f.low.monthly, f.likely.monthly, f.high.monthly]).toEqual([299.62704, 414.19032, 528.7536]);
  });
  it("a service at rest that may scale to zero costs nothing; with min 1 it costs its replica, and has no cost per 1,000", () => {
    expect(forecast(steadily(0, { scaling: { min: 0, max: 3 } }), on("g6-xlarge")).likely).toMatchObject({ monthly: 0, replicaHours: 0, per1000Predictions: null });
    expect(forecast(steadily(0), on("g6-xlarge")).likely).toMatchObject({ monthly: 587.504, per1000Predictions: null });
  });
  it("one request an hour with five quiet minutes keeps a replica 8% of the time, start included a little more", () => {
    const sparse = (startSeconds: number | null) => forecast(steadily(1 / 3600, { scaling: { min: 0, max: 3 }, startSeconds }), on("g6-xlarge")).likely.replicaHours / 730;
    expect(sparse(null)).toBeCloseTo(1 - Math.exp(-300.1 / 3600), 6);
    expect(sparse(60)).toBeCloseTo(1 - Math.exp(-300.1 / 3600) + (60 / 3600) * Math.exp(-300.1 / 3600), 6);
  });
  it("what max replicas cannot compute is not served, and not counted in the cost of 1,000", () => {
    expect(forecast(steadily(25, { scaling: { min: 1, max: 2 } }), on("g6-xlarge")).likely).toMatchObject({ replicaHours: 1460, servedRequests: 52_560_000, unservedRequests: 13_140_000 });
  });
  it("without a price the bill is unknown, the replicas are not", () => {
    const elsewhere = awsProfiles("eu-west-1").find((p) => p.slug === "g5-xlarge-spot-eu-west-1")!;
    expect(forecast(steadily(20), elsewhere).likely).toMatchObject({ monthly: null, per1000Predictions: null, replicaHours: 2190 });
  });
});

it("a min above max is refused with its field", () => {
  expect(forecastRequestSchema.safeParse({ ...steadily(1), scaling: { min: 3, max: 2 } }).error?.issues[0]).toMatchObject({ path: ["scaling", "min"] });
});
it("the cost answer is valid to its schema", () => {
  const cost = priceReplicaTime({ intervals: [], window: { from: new Date(0), to: new Date(1e9) }, now: new Date(1e9), busySeconds: null, predictions: null });
  expect(replicaTimeCostSchema.parse(cost)).toEqual(cost);
});

it("for any traffic and profile: low ≤ likely ≤ high, within min and max, served + unserved = asked, valid to the schema", () => {
  const anyRequest = fc.record({ hours: fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 24, maxLength: 24 }), s: fc.double({ min: 0.001, max: 20, noNaN: true }), min: fc.integer({ min: 0, max: 4 }), more: fc.integer({ min: 0, max: 30 }), spotShare: fc.double({ min: 0, max: 1, noNaN: true }) });
  fc.assert(fc.property(anyRequest, fc.constantFrom(...profiles), ({ hours, s, min, more, spotShare }, profile) => {
    const request = forecastRequestSchema.parse({ requestsPerSecondByHour: hours, secondsPerRequest: { value: s, basis: "assumed" }, scaling: { min, max: Math.max(1, min + more) }, spotShare });
    const f = forecast(request, profile);
    expect(forecastSchema.parse(f)).toEqual(f);
    expect(f.low.monthly!).toBeLessThanOrEqual(f.likely.monthly! + 1e-6);
    expect(f.likely.monthly!).toBeLessThanOrEqual(f.high.monthly! + 1e-6);
    expect(f.likely.replicaHours).toBeGreaterThanOrEqual(min * 730 - 1e-6);
    expect(f.likely.replicaHours).toBeLessThanOrEqual(request.scaling.max * 730 + 1e-6);
    const asked = hours.reduce((a, b) => a + b, 0) * 3600 * (730 / 24);
    expect(Math.abs(f.likely.servedRequests + f.likely.unservedRequests - asked)).toBeLessThanOrEqual(asked * 1e-9 + 1e-6);
  }));
});

it("is monotone in price and never negative: a dearer replica never makes a cheaper month", () => {
  const priced = (usd: number) => ({ ...on("g6-xlarge"), price: { ...on("g6-xlarge").price!, value: usd }, priceOnDemand: { ...on("g6-xlarge").priceOnDemand!, value: usd } });
  fc.assert(fc.property(fc.integer({ min: 0, max: 50_000_000 }), fc.integer({ min: 0, max: 50_000_000 }), fc.double({ min: 0, max: 40, noNaN: true }), (a, b, rps) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)].map((micro) => forecast(steadily(rps), priced(micro / 1e6)));
    for (const word of ["low", "likely", "high"] as const) {
      expect(low![word].monthly!).toBeGreaterThanOrEqual(0);
      expect(low![word].monthly!).toBeLessThanOrEqual(high![word].monthly!);
    }
  }), { numRuns: 100 });
});
