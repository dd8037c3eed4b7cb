import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { forecastProfiles } from "@/lib/costs/forecast-profiles";
import { forecastRequestSchema, forecastSchema, spotVerdictSchema } from "@/lib/costs/schema";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { seed } from "@/lib/db/seed";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";

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
it("a profile the model ran on is reckoned with the time measured there: its mean for the bill, its p95 for the latency; a first try counts for nothing", async () => {
  const world = await makeWorld();
  const id = await deploy(world.projectId);
  const now = new Date();
  const on = async () => {
    const items = await forecastProfiles(world.projectId, { model: "iris", version: 1, traffic: { ...traffic, requestsPerSecondByHour: new Array<number>(24).fill(0.001) }, availability: 0.999 }, now);
    const of = (slug: string) => items.find((i) => i.forecast.profile === slug)!;
    return [of("local-small"), of("local-medium")].map((i) => [i.secondsPerRequest.basis, i.secondsPerRequest.value, i.expectedP95Seconds]);
  };
  const measure = (minutesAgo: number, counts: Record<number, number>, sum: number) => pool().query(
    `INSERT INTO telemetry.rollup (step_seconds, at, deployment_id, project_id, revision, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, queue_depth, in_flight, replicas_ready)
     VALUES (900, $1, $2, $3, 1, '{}', '{}', $4, 0, $4, 0, $4, $5, 0, 0, 1)`,
    [new Date(now.getTime() - minutesAgo * 60_000), id, world.projectId, Array.from({ length: DURATION_BUCKET_COUNT }, (_, i) => counts[i] ?? 0), sum]);
  // Up to 10 ms (bucket 6) and up to 25 ms (bucket 7).
  await measure(40, { 6: 19 }, 0.15);
  expect(await on()).toEqual([["assumed", 0.1, 0.1], ["assumed", 0.1, 0.1]]);
  await measure(25, { 6: 71, 7: 10 }, 0.85);
  // 95 of 100 lie half way into the ten between 10 and 25 ms.
  const [small, medium] = await on();
  expect(small).toEqual(["measured", expect.closeTo(0.01, 12), expect.closeTo(0.0175, 12)]);
  expect(medium).toEqual(["assumed", 0.1, 0.1]);
});
it("of a cluster that is the time in the server, by what its Prometheus told of the days", async () => {
  const world = await makeWorld();
  const deploymentId = await deploy(world.projectId);
  const now = new Date();
  const day = (offset: number) => new Date((Math.floor(now.getTime() / 86_400_000) + offset) * 86_400_000);
  const told = (offset: number, use: { handled: number; busySeconds: number | null; p95Seconds: number | null }) => db().clusterUse.create({ data: { deploymentId, revision: 1, projectId: world.projectId, day: day(offset), failed: 0, coveredTo: day(offset + 1), ...use } });
  await told(-1, { handled: 900, busySeconds: 18, p95Seconds: 0.03 });
  await told(-2, { handled: 100, busySeconds: 12, p95Seconds: 0.2 });
  await told(-3, { handled: 1000, busySeconds: null, p95Seconds: null });
  await told(-30, { handled: 1000, busySeconds: 500, p95Seconds: 2 });
  const items = await forecastProfiles(world.projectId, { model: "iris", version: 1, traffic: { ...traffic, requestsPerSecondByHour: new Array<number>(24).fill(0.001) }, availability: 0.999 }, now);
  const item = items.find((i) => i.forecast.profile === "local-small")!;
  expect([item.secondsPerRequest.basis, item.secondsPerRequest.value, item.expectedP95Seconds]).toEqual(["measured", expect.closeTo(0.03, 12), expect.closeTo(0.2, 12)]);
});
