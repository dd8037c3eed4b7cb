import { expect, test } from "vitest";
import type { GroupedCost } from "@/lib/costs/group-costs";
import { dailyCost } from "./daily-cost";

const group = (key: string, ...perDay: [string, number | null][]): GroupedCost => ({
  key, lines: [], total: 0, used: null, idle: null, idleShare: null, per1000Predictions: null, replicaHours: 0, estimate: true, perDay: perDay.map(([day, total]) => ({ day, total })),
});
const first = Date.parse("2026-11-01T00:00:00Z");
const second = Date.parse("2026-11-02T00:00:00Z");

test("the two dearest are drawn by name, the others as one part that keeps the sum", () => {
  const series = dailyCost([group("a", ["2026-11-01", 4]), group("b", ["2026-11-01", 3]), group("c", ["2026-11-01", 2]), group("d", ["2026-11-01", 1])], (g) => g.key);
  expect(series.map((s) => [s.label, s.points])).toEqual([["a", [[first, 4]]], ["b", [[first, 3]]], ["2 others", [[first, 3]]]]);
});

test("a day on which one part ran and another did not counts nothing for the other", () => {
  const series = dailyCost([group("a", ["2026-11-01", 4], ["2026-11-02", 4]), group("b", ["2026-11-02", 1])], (g) => g.key);
  expect(series[1]!.points).toEqual([[first, 0], [second, 1]]);
});

test("a day with an unknown part is a gap in every part of the stack", () => {
  const series = dailyCost([group("a", ["2026-11-01", 4], ["2026-11-02", 4]), group("b", ["2026-11-01", null], ["2026-11-02", 1])], (g) => g.key);
  expect(series.map((s) => s.points)).toEqual([[[first, null], [second, 4]], [[first, null], [second, 1]]]);
});
