import { describe, expect, it } from "vitest";
import { quantile } from "@/lib/observability/quantile";

const BOUNDS = [0.1, 0.2, 0.4];

// What Prometheus' histogram_quantile answers for the same buckets, worked out by hand from its definition.
describe("quantile", () => {
  it.each([
    ["in the first bucket, linear from zero", 0.5, [10, 0, 0, 0], 0.05],
    ["at the end of the first bucket", 1, [10, 0, 0, 0], 0.1],
    ["in the middle of a later bucket", 0.5, [0, 10, 0, 0], 0.15],
    ["at the border of two buckets", 0.5, [5, 5, 0, 0], 0.1],
    ["a quarter into the last finite bucket", 0.85, [4, 4, 2, 0], 0.25],
    ["over an empty bucket", 0.75, [2, 0, 2, 0], 0.3],
    ["beyond the last bound: that bound", 0.99, [1, 0, 0, 9], 0.4],
    ["with everything beyond the last bound", 0.5, [0, 0, 0, 7], 0.4],
  ])("agrees with histogram_quantile %s", (_name, q, counts, expected) => {
    expect(quantile(q, counts, BOUNDS)).toBeCloseTo(expected, 12);
  });

  it("is null, never zero, without observations", () => {
    expect(quantile(0.5, [0, 0, 0, 0], BOUNDS)).toBeNull();
    expect(quantile(0.5, [], BOUNDS)).toBeNull();
  });

  it("never falls as q grows", () => {
    const values = Array.from({ length: 101 }, (_, i) => quantile(i / 100, [3, 0, 4, 1], BOUNDS)!);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});
