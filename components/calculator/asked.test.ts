import { expect, it } from "vitest";
import { modelOf, readAsked, trafficOf } from "@/components/calculator/asked";

it("an address without anything asks for a whole, valid example", () => {
  const { asked, problems } = readAsked({});
  expect(problems).toEqual({});
  expect(modelOf(asked).parameters).toBe(7_241_732_096);
  expect(trafficOf(asked)).toMatchObject({ scaling: { min: 1, max: 4 }, secondsPerRequest: { value: 0.2, basis: "assumed" } });
});

it("a model of one's own is its parameters at its precision", () => {
  const { asked, problems } = readAsked({ model: "own", parameters: "0.5", precision: "I8" });
  expect(problems).toEqual({});
  expect(modelOf(asked)).toMatchObject({ parameters: 5e8, weightBytes: 5e8, fileBytes: 5e8 });
});

it("what cannot be meant is said, and everything else still holds", () => {
  const { asked, problems } = readAsked({ rps: "many", ms: "-1", model: "gpt-9", min: "3", max: "2", shape: ["steady", "day"], region: "moon" });
  expect(Object.keys(problems).sort()).toEqual(["max", "model", "ms", "region", "rps"]);
  expect(asked).toMatchObject({ rps: 1, ms: 200, model: "mistral-7b", min: 3, max: 3, shape: "steady", region: "us-east-1" });
});

it("traffic by hour is 24 figures, and a wanted p95 is in milliseconds; what is not falls back and says so", () => {
  const hours = Array.from({ length: 24 }, (_, h) => h / 2).join(", ");
  const { asked, problems } = readAsked({ shape: "hours", hours, limit: "250" });
  expect(problems).toEqual({});
  const traffic = trafficOf(asked);
  expect([traffic.requestsPerSecondByHour.length, traffic.requestsPerSecondByHour[23], traffic.latencyLimitSeconds]).toEqual([24, 11.5, 0.25]);
  for (const wrong of ["1,2,3", "", "a"]) expect(readAsked({ shape: "hours", hours: wrong })).toMatchObject({ asked: { shape: "day" }, problems: { hours: expect.stringContaining("24 figures") } });
});
