import { describe, expect, it } from "vitest";
import { moved, spanOf, spanOfDrag } from "./measure-range";

describe("the part of the past in an address", () => {
  it("is none where it is incomplete, backwards, too short or too long", () => {
    expect([spanOf(1000, null), spanOf(2000, 1000), spanOf(1000, 1030), spanOf(0, 40 * 86_400), spanOf(1000.5, 3000)]).toEqual([null, null, null, null, null]);
    expect(spanOf(1000, 2000)).toEqual({ from: 1000, to: 2000 });
  });
  it("holds the last step that was dragged over, and a minute at least", () => {
    expect(spanOfDrag(600_000, 900_000, 15)).toEqual({ from: 600, to: 915 });
    const short = spanOfDrag(600_000, 600_000, 10);
    expect(short.to - short.from).toBeGreaterThanOrEqual(60);
  });
  it("moves by half, halves and doubles around its middle, and ends at now", () => {
    const at = { from: 1000, to: 2000 };
    expect([moved(at, "earlier", 9999), moved(at, "in", 9999), moved(at, "out", 9999)]).toEqual([{ from: 500, to: 1500 }, { from: 1250, to: 1750 }, { from: 500, to: 2500 }]);
    expect(moved(at, "later", 2100)).toEqual({ from: 1100, to: 2100 });
    expect(moved({ from: 1000, to: 1070 }, "in", 9999)).toEqual({ from: 1005, to: 1065 });
  });
});
