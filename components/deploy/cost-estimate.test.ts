import { describe, expect, it } from "vitest";
import { estimateCost } from "./cost-estimate";

describe("the wizard's estimate", () => {
  it("is the price times the replicas, for an hour and for 730", () => {
    expect(estimateCost(0.5, { min: 1, max: 4 })).toEqual({ leastPerHour: 0.5, mostPerHour: 2, leastPerMonth: 365, mostPerMonth: 1460 });
  });
  it("stays a range while the fewest stand above the most", () => {
    expect(estimateCost(1, { min: 5, max: 1 })).toMatchObject({ leastPerHour: 1, mostPerHour: 5 });
  });
  it("stays unknown without a price, and while a field is empty", () => {
    expect(estimateCost(null, { min: 1, max: 1 }).leastPerMonth).toBeNull();
    expect(estimateCost(1, { min: Number.NaN, max: 1 }).leastPerHour).toBeNull();
  });
});
