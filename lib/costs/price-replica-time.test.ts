import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toNanodollars } from "./money";
import { priceReplicaTime, type PricedInterval } from "./price-replica-time";

const at = (iso: string) => new Date(`2026-03-${iso}:00Z`);
const interval = (startedAt: string, endedAt: string | null, priceUsdPerHour: number | null = 0.8048, revision = 1): PricedInterval =>
  ({ startedAt: at(startedAt), endedAt: endedAt === null ? null : at(endedAt), revision, priceUsdPerHour, estimate: false });
const price = (intervals: PricedInterval[], more: Partial<Parameters<typeof priceReplicaTime>[0]> = {}) =>
  priceReplicaTime({ intervals, window: { from: at("01T00:00"), to: at("08T00:00") }, now: at("08T00:00"), busySeconds: null, predictions: null, ...more });

describe("worked examples", () => {
  it("two replicas over midnight: 3 h × $0.8048 on the first day, 5 h on the second", () => {
    const cost = price([interval("01T22:00", "02T02:00"), interval("01T23:00", "02T03:00", 0.8048, 2)], { busySeconds: 7200, predictions: 16_000 });
    expect(cost).toMatchObject({ total: 6.4384, used: 1.6096, idle: 4.8288, per1000Predictions: 0.4024, perHour: 0, replicaSeconds: 28_800, estimate: false });
    expect(cost.perDay.filter((d) => d.total !== 0)).toEqual([{ day: "2026-03-01", total: 2.4144, replicaSeconds: 10_800 }, { day: "2026-03-02", total: 4.024, replicaSeconds: 18_000 }]);
    expect(cost.perRevision.map((r) => [r.revision, r.total])).toEqual([[1, 3.2192], [2, 3.2192]]);
  });
  it("a replica that still runs is priced up to now, and is what an hour costs", () => {
    expect(price([interval("01T00:00", null, 0.5)], { now: at("01T03:00") })).toMatchObject({ total: 1.5, perHour: 0.5, replicaSeconds: 10_800 });
  });
  it("time outside the window is not counted", () => expect(price([interval("01T00:00", "07T00:00", 1)], { window: { from: at("02T12:00"), to: at("02T13:00") } }).total).toBe(1));
});

describe("what is unknown stays unknown", () => {
  it("a replica without a price makes the sum unknown, on its day only", () => {
    const cost = price([interval("01T00:00", "01T01:00", null), interval("02T00:00", "02T01:00", 1)], { predictions: 10, busySeconds: 10 });
    expect(cost).toMatchObject({ total: null, used: null, idle: null, per1000Predictions: null });
    expect(cost.perDay.slice(0, 3).map((d) => d.total)).toEqual([null, 1, 0]);
    expect(cost.note).toMatch(/No price on file for 50%/);
  });
  it("one that ended before the window does not", () => expect(price([interval("01T00:00", "01T01:00", null)], { window: { from: at("02T00:00"), to: at("03T00:00") } })).toMatchObject({ total: 0, perHour: 0 }));
  it("there is no cost per 1,000 without predictions, and no used part without a measure", () => {
    for (const predictions of [0, null]) expect(price([interval("01T00:00", "01T01:00")], { predictions }).per1000Predictions).toBeNull();
    expect(price([interval("01T00:00", "01T01:00")])).toMatchObject({ used: null, idle: null });
  });
  it("an estimated price makes an estimate", () => expect(price([{ ...interval("01T00:00", "01T01:00"), estimate: true }])).toMatchObject({ estimate: true, note: expect.stringMatching(/^Estimate/) }));
});

it("more busy time than replica time (overlapping requests) is all used, none idle", () => expect(price([interval("01T00:00", "01T01:00", 1)], { busySeconds: 99_999 })).toMatchObject({ used: 1, idle: 0 }));
it("a window turned round is refused", () => expect(() => price([], { window: { from: at("02T00:00"), to: at("01T00:00") } })).toThrow(RangeError));

describe("for any ledger", () => {
  const base = at("01T00:00").getTime();
  const anyInterval = fc.record({ start: fc.integer({ min: -1e8, max: 6e8 }), length: fc.integer({ min: 0, max: 4e8 }), open: fc.boolean(), nano: fc.integer({ min: 0, max: 200_000 }), revision: fc.integer({ min: 1, max: 4 }) })
    .map(({ start, length, open, nano, revision }): PricedInterval => ({ startedAt: new Date(base + start), endedAt: open ? null : new Date(base + start + length), revision, priceUsdPerHour: nano / 1000, estimate: false }));
  const nano = (rows: { total: number | null }[]) => rows.reduce((sum, r) => sum + toNanodollars(r.total!), 0n);
  it("days and revisions add up to the total, used and idle too, and nothing is negative", () => {
    fc.assert(fc.property(fc.array(anyInterval, { maxLength: 12 }), fc.integer({ min: 0, max: 1e6 }), (intervals, busySeconds) => {
      const cost = price(intervals, { busySeconds });
      const total = toNanodollars(cost.total!);
      expect(nano(cost.perDay)).toBe(total);
      expect(nano(cost.perRevision)).toBe(total);
      expect(toNanodollars(cost.used!) + toNanodollars(cost.idle!)).toBe(total);
      expect([cost.total!, cost.used!, cost.idle!, ...cost.perDay.map((d) => d.total!)].every((x) => x >= 0)).toBe(true);
    }));
  });
  it("a window costs what its two halves cost, to the nanodollar's rounding", () => {
    fc.assert(fc.property(fc.array(anyInterval, { maxLength: 8 }), fc.integer({ min: 0, max: 6e8 }), (intervals, cut) => {
      const mid = new Date(base + cut);
      const halves = [{ from: at("01T00:00"), to: mid }, { from: mid, to: at("08T00:00") }].map((window) => toNanodollars(price(intervals, { window }).total!));
      expect(Math.abs(Number(halves[0]! + halves[1]! - toNanodollars(price(intervals).total!)))).toBeLessThanOrEqual(1);
    }));
  });
  it("a higher price never costs less", () => {
    fc.assert(fc.property(fc.array(anyInterval, { maxLength: 8 }), (intervals) => {
      expect(price(intervals.map((i) => ({ ...i, priceUsdPerHour: i.priceUsdPerHour! + 0.1 }))).total!).toBeGreaterThanOrEqual(price(intervals).total!);
    }));
  });
});
