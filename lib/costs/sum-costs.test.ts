import fc from "fast-check";
import { expect, it } from "vitest";
import { toNanodollars } from "@/lib/costs/money";
import { priceReplicaTime } from "@/lib/costs/price-replica-time";
import { sumCosts } from "@/lib/costs/sum-costs";

const window = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-08T00:00:00Z") };
const now = window.to;
const cost = (hours: number, price: number | null) => priceReplicaTime({ window, now, busySeconds: 0, predictions: null, intervals: [{ startedAt: window.from, endedAt: new Date(window.from.getTime() + hours * 3_600_000), revision: 1, priceUsdPerHour: price, estimate: false }] });

it("lines and days add up to the total, to the nanodollar", () => {
  fc.assert(fc.property(fc.array(fc.record({ hours: fc.double({ min: 0.01, max: 168, noNaN: true }), price: fc.double({ min: 0, max: 120, noNaN: true }) }), { maxLength: 8 }), (lines) => {
    const costs = lines.map((l) => cost(l.hours, l.price));
    const sum = sumCosts(costs, null, { window, now });
    const nano = (all: (number | null)[]) => all.reduce((s, v) => s + toNanodollars(v!), 0n);
    expect(nano([sum.total])).toBe(nano(costs.map((c) => c.total)));
    expect(nano(sum.perDay.map((d) => d.total))).toBe(nano([sum.total]));
    expect(sum.perDay).toHaveLength(7);
  }), { numRuns: 100 });
});
it("one line without a price makes the sum unknown, and says how much", () => {
  const sum = sumCosts([cost(24, 1), cost(24, null)], 100, { window, now });
  expect([sum.total, sum.per1000Predictions, sum.perDay[0]!.total, sum.perDay[1]!.total]).toEqual([null, null, null, 0]);
  expect(sum.note).toContain("50%");
});
