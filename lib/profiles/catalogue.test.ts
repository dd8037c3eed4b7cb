import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsData } from "./aws-data";
import { awsProfiles } from "./catalogue";
import { localPricing } from "./local-pricing";
import { localProfiles, type Machine } from "./local-profiles";
import { profileSchema } from "./schema";

const NOW = new Date("2026-08-01T00:00:00Z");
const profiles = awsProfiles("us-east-1", NOW);
const bySlug = (slug: string) => profiles.find((p) => p.slug === slug) ?? expect.fail(`no profile ${slug}`);

describe("the AWS catalogue", () => {
  it("is valid to the API's own schema, with unique slugs", () => {
    for (const profile of profiles) expect(profileSchema.parse(profile)).toEqual(profile);
    expect(new Set(profiles.map((p) => p.slug)).size).toBe(profiles.length);
    expect(profiles.length).toBeGreaterThan(100);
  });
  it("offers only types that are on file", () => {
    expect(profiles.filter((p) => !awsData().types.types[p.instanceType!])).toEqual([]);
    expect(new Set(profiles.map((p) => p.accelerator?.name ?? "cpu"))).toEqual(
      new Set(["cpu", "Inferentia2", "T4", "A10G", "L4", "L40S", "RTX PRO 4500", "RTX PRO 6000", "A100", "H100", "H200"]));
  });
  it("shows g6.xlarge as the files have it: allocatable, not installed, resources; the list price with its date", () => {
    expect(bySlug("g6-xlarge")).toMatchObject({
      cpuMillicores: 3920, memoryMib: 14_162, diskGib: 17, architecture: "amd64", capacityType: "on-demand", spot: null, pricePerMonth: 587.504,
      accelerator: { name: "L4", count: 1, memoryMibEach: 22_888 },
      price: { value: 0.8048, unit: "USD/h", region: "us-east-1", asOf: "2026-07-20T13:44:30.000Z", ageDays: 11, stale: false, estimate: false },
    });
  });
  it("composes a spot price exactly, as an estimate that names both sources and carries the older date", () => {
    const spot = bySlug("g6-xlarge-spot");
    expect(spot.spot).toMatchObject({ band: ">20%", rangeIndex: 4, savingsPercent: 49, asOf: "2025-06-28T10:10:57.000Z", stale: true });
    expect(spot.price).toMatchObject({ value: 0.410448, estimate: true, stale: true, asOf: "2025-06-28T10:10:57.000Z" });
    expect(spot.price?.source).toMatch(/AWS Pricing API.*2026-07-20.*Spot Advisor.*2025-06-28/);
    expect(spot.price?.note).toMatch(/different dates/);
    expect(spot.priceOnDemand?.value).toBe(0.8048);
    expect(bySlug("g6-xlarge-spot-fallback").price?.note).toMatch(/on-demand price applies/);
  });
  it("offers no spot where the Spot Advisor has no row", () => {
    expect(profiles.filter((p) => p.instanceType === "p5.4xlarge").map((p) => p.slug)).toEqual(["p5-4xlarge"]);
  });
  it("leaves accelerator memory unknown where the reference does", () => expect(bySlug("inf2-xlarge").accelerator).toMatchObject({ kind: "neuron", memoryMibEach: null }));
  it("has no price outside us-east-1, but bands; and slugs that name the region", () => {
    const elsewhere = awsProfiles("eu-west-1", NOW);
    expect(elsewhere.length).toBeGreaterThan(50);
    for (const p of elsewhere) expect([p.price, p.pricePerMonth, p.priceOnDemand]).toEqual([null, null, null]);
    expect(elsewhere.find((p) => p.slug === "g5-xlarge-spot-eu-west-1")?.spot?.band).toMatch(/%/);
    expect(awsProfiles("mars-north-1", NOW)).toEqual([]);
  });
});

describe("profiles of this machine", () => {
  const pricing = localPricing(NOW)!;
  const machine: Machine = { cores: 8, memoryMib: 32_768, diskGib: 100, architecture: "amd64" };
  it("are valued at unit prices that give back the two types they were solved from", () => {
    expect(pricing).toMatchObject({ usdPerVcpuHour: 0.03885, usdPerGibHour: 0.0028875 });
    const like = (memoryMib: number) => localProfiles({ ...machine, cores: 2, memoryMib: memoryMib + 2048 }, pricing, NOW).find((p) => p.slug === "local-full")!;
    expect([like(8192).memoryMib, like(8192).price?.value]).toEqual([8192, 0.1008]);
  });
  it("are labelled as estimates, with the types they are made of", () => {
    for (const p of localProfiles(machine, pricing, NOW)) {
      expect(p.price).toMatchObject({ estimate: true, source: "estimate: c7i.large and m7i.large on-demand, us-east-1, pro rata" });
      expect(profileSchema.parse(p)).toEqual(p);
    }
  });
  it("have no price without pricing, never 0", () => {
    for (const p of localProfiles(machine, null, NOW)) expect([p.price, p.pricePerMonth]).toEqual([null, null]);
  });
  it("are sensible on one core with 1 GiB", () => {
    expect(localProfiles({ ...machine, cores: 1, memoryMib: 1024 }, pricing, NOW).map((p) => [p.slug, p.cpuMillicores, p.memoryMib])).toEqual(
      [["local-small", 250, 512], ["local-medium", 500, 512], ["local-large", 1000, 512], ["local-full", 1000, 768]]);
  });
  it("never promise more than the machine has, and grow with their size", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 256, max: 4_000_000 }), (cores, memoryMib) => {
      const all = localProfiles({ cores, memoryMib, diskGib: null, architecture: "arm64" }, pricing, NOW);
      for (const [i, p] of all.entries()) {
        expect(p.slug).toMatch(/^local-/);
        expect(p.cpuMillicores).toBeLessThanOrEqual(cores * 1000);
        expect(p.memoryMib).toBeLessThan(memoryMib);
        if (i > 0) expect(p.cpuMillicores >= all[i - 1]!.cpuMillicores && p.memoryMib >= all[i - 1]!.memoryMib && p.price!.value >= all[i - 1]!.price!.value).toBe(true);
      }
    }));
  });
  it("refuse a machine that is none", () => expect(() => localProfiles({ ...machine, cores: 0 }, pricing, NOW)).toThrow(RangeError));
});
