import { expect, it } from "vitest";
import { narrowProfiles } from "@/components/deploy/narrow-profiles";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { fit } from "@/lib/profiles/fit";
import { knownModel } from "@/lib/profiles/known-models";

const all = awsProfiles("us-east-1", new Date("2026-11-01T00:00:00Z"));
const fits = new Map(all.map((p) => [p.slug, fit(knownModel("mistral-7b").model, p)]));

it("puts what fits first, the cheapest of it before all, and what does not fit last", () => {
  const verdicts = narrowProfiles(all, fits, { accelerator: "any", capacity: "any" }).map((p) => fits.get(p.slug)!.verdict);
  expect(verdicts.indexOf("does_not_fit")).toBeGreaterThan(verdicts.lastIndexOf("fits"));
  const [first, second] = narrowProfiles(all, fits, { accelerator: "any", capacity: "any" });
  expect(first!.price!.value).toBeLessThanOrEqual(second!.price!.value);
});

it("keeps what was asked for and nothing else", () => {
  const spotL4 = narrowProfiles(all, fits, { accelerator: "L4", capacity: "spot" });
  expect(spotL4.length).toBeGreaterThan(2);
  expect(new Set(spotL4.map((p) => `${p.accelerator?.name} ${p.capacityType}`))).toEqual(new Set(["L4 spot"]));
  expect(narrowProfiles(all, null, { accelerator: "cpu", capacity: "on-demand" }).every((p) => p.accelerator === null && p.capacityType === "on-demand")).toBe(true);
});
