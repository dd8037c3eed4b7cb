import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";
import { toRows, weightOf, type Series } from "./series";
import { tickWords, timeTicks } from "./time-ticks";

const series: Series[] = [
  { key: "p50", label: "p50", points: [[2000, 5], [1000, 4]] },
  { key: "p99", label: "p99", points: [[1000, null], [3000, 9]] },
];

describe("the rows of a chart", () => {
  it("are in order of time, with null where a series has nothing at that time", () => {
    expect(toRows(series)).toEqual([{ t: 1000, p50: 4, p99: null }, { t: 2000, p50: 5, p99: null }, { t: 3000, p50: null, p99: 9 }]);
  });
  it("keep zero apart from no data", () => {
    expect(toRows([{ key: "a", label: "a", points: [[1, 0], [2, null]] }])).toEqual([{ t: 1, a: 0 }, { t: 2, a: null }]);
  });
  it("draw p99 as the strong one of three and an only series in the middle tone", () => {
    expect([0, 1, 2].map((i) => weightOf([series[0]!, series[0]!, series[1]!], i))).toEqual([1, 2, 3]);
    expect(weightOf([series[0]!], 0)).toBe(2);
  });
});

describe("the CSV of a chart", () => {
  it("names units, prints UTC and leaves gaps empty", () => {
    expect(toCsv(series, "ms").split("\n").slice(0, 2)).toEqual(["time,p50 (ms),p99 (ms)", "1970-01-01T00:00:01.000Z,4,"]);
  });
  it("never hands a spreadsheet a formula", () => {
    expect(toCsv([{ key: "x", label: "=cmd()", points: [] }], "").split("\n")[0]).toBe(`time,"'=cmd()"`);
  });
});

describe("the ticks of the time axis", () => {
  it("are round times, no more than asked for", () => {
    const from = Date.UTC(2026, 10, 24, 9, 7);
    const ticks = timeTicks(from, from + 3_600_000, 6, 0);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every((t) => t % 600_000 === 0)).toBe(true);
  });
  it("begin days at local midnight", () => {
    const from = Date.UTC(2026, 10, 20);
    for (const t of timeTicks(from, from + 5 * 86_400_000, 6, 330)) expect((t + 330 * 60_000) % 86_400_000).toBe(0);
  });
  it.each([[1, 10], [5, 11], [15, 11], [60, 8]])("each read differently in a window of %i minutes", (minutes, most) => {
    const from = Date.UTC(2026, 10, 24, 9, 7, 3);
    const words = timeTicks(from, from + minutes * 60_000, most, 0).map((t) => tickWords(t, minutes * 60_000));
    expect(words.length).toBeGreaterThan(2);
    expect(new Set(words).size).toBe(words.length);
  });
  it("are none for an empty window", () => {
    expect(timeTicks(5, 5, 6, 0)).toEqual([]);
  });
});
