import { describe, expect, it } from "vitest";
import { forecastRequestSchema } from "@/lib/costs/schema";
import { FIRST_TRAFFIC, requestsByHour, trafficProblem } from "./traffic";

describe("the traffic that the wizard declares", () => {
  it("is the same all day, or busy for twelve hours with a tenth at night", () => {
    expect(new Set(requestsByHour({ perSecond: 4, shape: "steady" }))).toEqual(new Set([4]));
    const day = requestsByHour({ perSecond: 10, shape: "day" });
    expect(day.filter((r) => r === 10)).toHaveLength(12);
    expect([day[7], day[8], day[19], day[20]]).toEqual([1, 10, 10, 1]);
  });
  it("is what the API takes, as it stands at first", () => {
    const body = { requestsPerSecondByHour: requestsByHour(FIRST_TRAFFIC), secondsPerRequest: { value: FIRST_TRAFFIC.seconds, basis: "assumed" }, scaling: { min: 1, max: 1 } };
    expect(forecastRequestSchema.safeParse(body).success).toBe(true);
    expect(trafficProblem(FIRST_TRAFFIC)).toBeNull();
  });
  it("says which field cannot be", () => {
    expect(trafficProblem({ ...FIRST_TRAFFIC, perSecond: Number.NaN })?.field).toBe("perSecond");
    expect(trafficProblem({ ...FIRST_TRAFFIC, seconds: 0 })?.field).toBe("seconds");
  });
});
