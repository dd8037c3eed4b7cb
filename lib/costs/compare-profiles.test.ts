import { describe, expect, it } from "vitest";
import { compareProfiles } from "@/lib/costs/compare-profiles";
import { forecastRequestSchema } from "@/lib/costs/schema";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { knownModel } from "@/lib/profiles/known-models";

const NOW = new Date("2026-08-01T00:00:00Z");
const profiles = awsProfiles("us-east-1", NOW);
const traffic = (perSecond: number, seconds: number, max: number) => forecastRequestSchema.parse({ requestsPerSecondByHour: new Array(24).fill(perSecond), secondsPerRequest: { value: seconds, basis: "assumed" }, scaling: { min: 1, max } });

describe("comparing profiles for a model", () => {
  it("lists what fits, cheapest likely bill first, and counts what it leaves out", () => {
    const { rows, leftOut } = compareProfiles(knownModel("llama-3.1-8b").model, profiles, traffic(0.2, 1, 4));
    expect(rows.map((r) => r.profile.slug)).not.toContain("g4dn-xlarge");
    expect(rows.length + leftOut.doesNotFit + leftOut.fitUnknown).toBe(profiles.length);
    const bills = rows.filter((r) => r.keepsUp && r.forecast.likely.monthly !== null).map((r) => r.forecast.likely.monthly!);
    expect(bills.length).toBeGreaterThan(3);
    expect(bills).toEqual([...bills].sort((a, b) => a - b));
  });
  it("worked example: one g6.xlarge on demand all month is 730 h × $0.8048 = $587.50", () => {
    const { rows } = compareProfiles(knownModel("mistral-7b").model, profiles, traffic(0.2, 1, 1));
    expect(rows.find((r) => r.profile.slug === "g6-xlarge")?.forecast.likely).toMatchObject({ monthly: 587.504, replicaHours: 730 });
  });
  it("puts what cannot keep up with the traffic behind what can, however cheap", () => {
    const { rows } = compareProfiles(knownModel("resnet-50").model, profiles, traffic(10, 1, 2));
    expect(rows.every((r) => !r.keepsUp)).toBe(true);
    expect(rows[0]!.forecast.likely.unservedRequests).toBeGreaterThan(0);
  });
  it("invents no price for a region without one", () => {
    const { rows } = compareProfiles(knownModel("resnet-50").model, awsProfiles("eu-west-1", NOW), traffic(1, 0.05, 2));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((r) => r.forecast.likely.monthly === null)).toBe(true);
  });
});
