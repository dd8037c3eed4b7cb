import { describe, expect, it } from "vitest";
import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";
import { filterProfiles, type ProfileFilters } from "./filter-profiles";

const quote = (value: number) => ({ value, unit: "USD/h" as const, region: null, source: "s", asOf: "2026-01-01T00:00:00Z", staleAfterDays: 90, ageDays: 1, stale: false, estimate: false });
const profile = (slug: string, over: Partial<Profile>): Profile => ({
  slug, name: slug, targetKind: "aws", instanceType: slug, region: "us-east-1", accelerator: null, capacityType: "on-demand", cpuMillicores: 1000, memoryMib: 1024, diskGib: 20, diskSizedFromModel: true,
  architecture: "amd64", price: quote(1), pricePerMonth: 730, priceOnDemand: null, spot: null, ...over,
});
const l4 = { name: "L4", kind: "gpu" as const, manufacturer: "NVIDIA", count: 1, memoryMibEach: 24_000 };
const all = [profile("cpu", { price: quote(0.1) }), profile("gpu", { accelerator: l4, price: quote(0.8) }), profile("gpu-spot", { accelerator: l4, capacityType: "spot", price: quote(0.3) }), profile("gpu-spot-fallback", { accelerator: l4, capacityType: "spot-with-fallback", price: quote(0.3) }), profile("unpriced", { price: null, pricePerMonth: null })];
const none: ProfileFilters = { accelerator: "any", capacity: "any", maxPrice: null, fits: false };
const slugs = (filters: Partial<ProfileFilters>, sort: Parameters<typeof filterProfiles>[3] = "catalogue", fits: ReadonlyMap<string, Fit> | null = null) => filterProfiles(all, fits, { ...none, ...filters }, sort).map((p) => p.slug);

describe("the catalogue's filters", () => {
  it("keep everything, in its order, where none is set", () => expect(slugs({})).toEqual(["cpu", "gpu", "gpu-spot", "unpriced"]));
  it("tell accelerators from plain CPU", () => {
    expect(slugs({ accelerator: "cpu" })).toEqual(["cpu", "unpriced"]);
    expect(slugs({ accelerator: "L4" })).toEqual(["gpu", "gpu-spot"]);
  });
  it("never let an unknown price pass a limit", () => expect(slugs({ maxPrice: 0.5 })).toEqual(["cpu", "gpu-spot"]));
  it("keep what fits, tightly or not, and drop what is unknown", () => {
    const fit = (verdict: Fit["verdict"]): Fit => ({ verdict, bars: [], decidedBy: "" });
    expect(slugs({ fits: true }, "catalogue", new Map([["cpu", fit("does_not_fit")], ["gpu", fit("fits")], ["gpu-spot", fit("tight")], ["unpriced", fit("unknown")]]))).toEqual(["gpu", "gpu-spot"]);
  });
  it("put an unknown price last when sorted by price", () => expect(slugs({}, "price")).toEqual(["cpu", "gpu-spot", "gpu", "unpriced"]));
});
