import { expect, it } from "vitest";
import { csvOfCharts } from "./csv-of-charts";
import { strokeOf, weightOf, type Series } from "./series";

it("is one table: a row a time, a column a series with its chart and unit, an empty cell where nothing was measured", () => {
  const csv = csvOfCharts([
    { title: "Latency", unit: "ms", series: [{ key: "p99", label: "p99", points: [[1000, 5], [2000, null]] }] },
    { title: "Queue", unit: "", series: [{ key: "q", label: "waiting", points: [[2000, 3]] }] },
  ]);
  expect(csv.split("\n")).toEqual(['time,"Latency, p99 (ms)","Queue, waiting"', "1970-01-01T00:00:01.000Z,5,", "1970-01-01T00:00:02.000Z,,3", ""]);
});

it("draws what is compared with behind: grey and dotted, and the others as if it were not there", () => {
  const one: Series = { key: "a", label: "a", points: [] };
  const ghost: Series = { ...one, key: "g", ghost: true };
  expect(strokeOf("latency", [ghost, one], 0)).toMatchObject({ stroke: "var(--color-ink-faint)", strokeDasharray: "1 3" });
  expect(strokeOf("latency", [ghost, one], 1)).toEqual(strokeOf("latency", [one], 0));
  expect(weightOf([ghost, one], 1)).toBe(2);
});
