import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toNanodollars } from "@/lib/costs/money";
import { priceReplicaTime } from "@/lib/costs/price-replica-time";
import { allocationsOf, type LedgerRow } from "@/lib/costs/replica-time-source";
import { periodWindows } from "@/lib/costs/summary/period";
import type { UseRow } from "@/lib/costs/summary/read-use";
import { COST_GROUPINGS, type CostGrouping } from "@/lib/costs/summary/schema";
import { cellsOf, summarise } from "@/lib/costs/summary/summarise";

const now = new Date("2026-11-27T12:00:00Z");
const { window, previous } = periodWindows("7d", now);
const row = (over: Partial<LedgerRow> = {}): LedgerRow => ({ deploymentId: "d1", deploymentSlug: "vad", projectId: "p1", modelSlug: "vad", profileSlug: "small", priceNote: "list", startedAt: new Date("2026-11-25T12:00:00Z"), endedAt: null, revision: 1, priceUsdPerHour: 1, estimate: false, ...over });
const day = (iso: string) => Date.parse(iso) / 86_400_000;
const run = (ledger: LedgerRow[], use: UseRow[], by: CostGrouping = "deployment", latencies = new Map<number, number[]>()) => {
  const touching = ledger.filter((r) => r.startedAt < window.to && (r.endedAt === null || r.endedAt > window.from));
  const lines = allocationsOf(touching, window, now).map((a) => ({ ...a, project: "shop", state: "running" as const, onCluster: false, cells: cellsOf(a, use.filter((u) => u.deploymentId === a.deploymentId)) }));
  return summarise({ lines, ledger, projectOf: () => "shop", previous, now, by, latencies, p95s: new Map() });
};
const used = (over: Partial<UseRow>): UseRow => ({ deploymentId: "d1", revision: 1, day: day("2026-11-26"), handled: 1100, failed: 100, computeSeconds: 21_600, ...over });

describe("the costs of a selection", () => {
  it("a worked example: 48 hours at $1, a quarter of one day used, 1,000 predictions", () => {
    const s = run([row()], [used({})]);
    expect(s.total).toMatchObject({ total: 48, used: 6, idle: 42, idleShare: 0.875, predictions: 1000, per1000Predictions: 48, perHour: 1, previousTotal: 0 });
    expect(s.days.map((d) => [d.day, d.total, d.per1000Predictions])).toEqual([["2026-11-21", 0, null], ["2026-11-22", 0, null], ["2026-11-23", 0, null], ["2026-11-24", 0, null], ["2026-11-25", 12, null], ["2026-11-26", 24, 24], ["2026-11-27", 12, null]]);
    expect(s.groups).toMatchObject([{ key: "shop/vad", label: "vad", total: 48, share: 1, profiles: ["small"] }]);
  });
  it("what was not measured, or has no price, is unknown in its sums alone", () => {
    const s = run([row(), row({ deploymentId: "d2", deploymentSlug: "ocr", modelSlug: "ocr", priceUsdPerHour: null })], [used({})]);
    expect(s.total).toMatchObject({ total: null, used: null, idleShare: null, predictions: null });
    expect(s.groups.map((g) => [g.label, g.total, g.idle])).toEqual([["ocr", null, null], ["vad", 48, 42]]);
    expect(s.series.find((x) => x.key === "shop/vad")!.days.at(-1)).toBeNull();
    expect(s.month).toMatchObject({ toDate: null });
  });
  it("of a cluster a day that its source said nothing of is unknown, not idle; so is what the server does not tell", () => {
    const cluster = (over: Partial<UseRow>) => used({ cluster: true, ...over });
    const whole = run([row()], ["2026-11-25", "2026-11-26", "2026-11-27"].map((d) => cluster({ day: day(d) })));
    expect(whole.total).toMatchObject({ total: 48, used: 18, predictions: 3000 });
    expect(run([row()], [cluster({})]).days.map((d) => [d.used, d.predictions]).slice(-3)).toEqual([[null, null], [6, 1000], [null, null]]);
    // What is known is told apart, with what that part cost: here the middle one of three days.
    expect(run([row()], [cluster({})]).total).toMatchObject({ total: 48, used: null, idle: null, predictions: null, known: { use: { total: 24, used: 6, idle: 18 }, predictions: { total: 24, predictions: 1000, per1000Predictions: 24 } } });
    expect(whole.total.known).toEqual({ use: null, predictions: null });
    // A server that counts requests and does not tell how long it was busy: the two are known of different parts.
    const mixed = run([row(), row({ deploymentId: "d2", deploymentSlug: "llm" })], [...["2026-11-25", "2026-11-26", "2026-11-27"].map((d) => cluster({ day: day(d) })), cluster({ deploymentId: "d2", computeSeconds: null })]);
    expect(mixed.total.known).toMatchObject({ use: { total: 48, used: 18 }, predictions: { total: 72, predictions: 4000 } });
    expect(mixed.groups.map((g) => [g.label, g.known.use, g.known.predictions?.total])).toEqual([["llm", null, 24], ["vad", null, undefined]]);
    expect(run([row({ startedAt: new Date("2026-11-26T00:00:00Z"), endedAt: new Date("2026-11-27T00:00:00Z") })], [cluster({ failed: null, computeSeconds: null })]).total).toMatchObject({ total: 24, used: null, predictions: null });
  });
  it("month over month is to the same day and hour, of a shorter month to its end", () => {
    const s = run([row({ startedAt: new Date("2026-10-01T00:00:00Z"), endedAt: new Date("2026-10-28T00:00:00Z") }), row()], []);
    expect(s.month).toEqual({ month: "2026-11", toDate: 48, lastMonth: "2026-10", lastMonthSamePart: 636, lastMonthTotal: 648, changeShare: (48 - 636) / 636 });
    expect(periodWindows("month", new Date("2026-03-31T10:00:00Z")).previous.to.toISOString()).toBe("2026-03-01T00:00:00.000Z");
  });
  it("groups and days add up to the total to the nanodollar, whatever the intervals; used + idle = total; nothing is negative; and the total is that of replica time × price", () => {
    const intervals = fc.array(fc.record({ d: fc.integer({ min: 0, max: 5 }), p: fc.integer({ min: 0, max: 2 }), start: fc.integer({ min: -20 * 86_400_000, max: 12 * 3_600_000 }), ms: fc.integer({ min: 1, max: 10 * 86_400_000 }), nano: fc.integer({ min: 0, max: 40_000_000_000 }) }), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(intervals, fc.constantFrom(...COST_GROUPINGS), fc.integer({ min: 0, max: 200_000 }), fc.boolean(), (made, by, busy, some) => {
      const ledger = made.map(({ d, p, start, ms, nano }) => row({ deploymentId: `d${d}`, deploymentSlug: `d${d}`, modelSlug: `m${d % 2}`, profileSlug: `p${p}`, startedAt: new Date(now.getTime() + start), endedAt: new Date(now.getTime() + start + ms), priceUsdPerHour: nano / 1e9 }));
      const s = run(ledger, made.filter(({ d }) => !some || d % 2 === 0).map(({ d }) => used({ deploymentId: `d${d}`, computeSeconds: busy })), by);
      const sum = (values: (number | null)[]) => values.reduce((total, v) => total + toNanodollars(v!), 0n);
      const total = toNanodollars(s.total.total!);
      expect(sum(s.groups.map((g) => g.total))).toBe(total);
      expect(sum(s.days.map((d) => d.total))).toBe(total);
      expect(sum(s.series.flatMap((p) => p.days))).toBe(total);
      // Each line is rounded once by itself, all of them together once: apart by half a nanodollar a line at most.
      const whole = toNanodollars(priceReplicaTime({ intervals: ledger, window, now, busySeconds: null, predictions: null }).total!);
      expect(Number(whole - total)).toBeGreaterThanOrEqual(-20);
      expect(Number(whole - total)).toBeLessThanOrEqual(20);
      for (const f of [s.total, ...s.groups, ...s.days]) {
        // Of these lines some were measured and some not: what is known is a part, and its two sides add up to it as well.
        if (f.known.use) {
          expect(sum([f.known.use.used, f.known.use.idle])).toBe(toNanodollars(f.known.use.total!));
          expect(toNanodollars(f.known.use.total!)).toBeLessThanOrEqual(toNanodollars(f.total!));
          expect(f.used).toBeNull();
        }
        if (f.used === null) continue;
        expect(sum([f.used, f.idle])).toBe(toNanodollars(f.total!));
        expect(Math.min(f.used, f.idle!)).toBeGreaterThanOrEqual(0);
      }
    }), { numRuns: 200 });
  });
  it("is monotone in price: what is dearer never sums up to less", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((nano) => run([row({ priceUsdPerHour: nano / 1e9 })], [used({})]).total);
      expect(low!.total!).toBeLessThanOrEqual(high!.total!);
      expect(low!.idle!).toBeLessThanOrEqual(high!.idle!);
    }), { numRuns: 100 });
  });
});
