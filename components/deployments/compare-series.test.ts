import { expect, it } from "vitest";
import { againstIn, againstOut, withGhost } from "./compare-series";

it("reads from the address what it writes there, and nothing else", () => {
  for (const text of ["before", "r2"]) expect(againstOut(againstIn(text)!)).toBe(text);
  expect(["", null, "r0", "r-1", "rx", "after"].map(againstIn)).toEqual([null, null, null, null, null, null]);
});

it("moves what is compared onto the axis, keeps its gaps, and leaves out what lies beside the steps", () => {
  const own = [{ key: "p50", label: "p50", points: [[100, 1]] as const }, { key: "p99", label: "p99", points: [[100, 5], [110, 6], [120, 7]] as const }];
  const other = [{ key: "p99", label: "p99", points: [[0, 9], [10, null], [15, 3], [20, 8]] as const }];
  expect(withGhost(own, other, "before", 100)).toEqual([{ key: "p99:against", label: "p99 before", points: [[100, 9], [110, null], [120, 8]], ghost: true }, ...own]);
});

it("compares nothing that the other does not have", () => {
  const own = [{ key: "a", label: "a", points: [] }];
  expect(withGhost(own, [], "before", 0)).toEqual(own);
});
