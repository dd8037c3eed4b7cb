import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { forecastProfiles } from "@/lib/costs/forecast-profiles";
import { forecastRequestSchema, forecastSchema, spotVerdictSchema } from "@/lib/costs/schema";
import { db } from "@/lib/db/client";
import { seed } from "@/lib/db/seed";
import { makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";

let projectId: string;
let version: { model: string; version: number };
useTestDatabase();
beforeAll(async () => {
  await seed();
  ({ projectId } = await makeWorld());
  const found = await db().modelVersion.findFirstOrThrow({ where: { model: { projectId } }, select: { number: true, model: { select: { slug: true } } } });
  version = { model: found.model.slug, version: found.number };
});

const traffic = forecastRequestSchema.parse({ requestsPerSecondByHour: new Array(24).fill(10), secondsPerRequest: { value: 0.1, basis: "assumed" }, scaling: { min: 1, max: 3 }, startSeconds: 300 });

it("profiles that are named come in their order, spot with a verdict for the busiest hour", async () => {
  const items = await forecastProfiles(projectId, { profiles: ["g6-xlarge-spot", "g6-xlarge"], traffic, availability: 0.999 });
  expect(items.map((i) => [i.forecast.profile, i.fit, i.spotVerdict?.known])).toEqual([["g6-xlarge-spot", null, true], ["g6-xlarge", null, undefined]]);
  expect(spotVerdictSchema.parse(items[0]!.spotVerdict)).toMatchObject({ gapSeconds: 180, interruptionsPerMonth: { high: 3 } });
});
it("without profiles: all that the version fits, those that keep up first, then by likely bill", async () => {
  const items = await forecastProfiles(projectId, { ...version, traffic, availability: 0.999 });
  expect(items.length).toBeGreaterThan(10);
  for (const i of items) {
    expect(["fits", "tight"]).toContain(i.fit?.verdict);
    expect(forecastSchema.parse(i.forecast)).toEqual(i.forecast);
  }
  const bills = items.filter((i) => i.keepsUp && i.forecast.likely.monthly !== null).map((i) => i.forecast.likely.monthly!);
  expect(bills).toEqual([...bills].sort((a, b) => a - b));
});
it("a spot profile without a measured start has no verdict, and says why", async () => {
  const [item] = await forecastProfiles(projectId, { profiles: ["g6-xlarge-spot"], traffic: { ...traffic, startSeconds: null }, availability: 0.999 });
  expect(item!.spotVerdict).toEqual({ known: false, reason: expect.stringContaining("not been measured") });
});
