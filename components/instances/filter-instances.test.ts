import { describe, expect, it } from "vitest";
import { filterInstances, lowestPrice, modelMemoryMib, spotSaving, type InstanceFilters } from "@/components/instances/filter-instances";
import { instanceTypes } from "@/lib/prices/list-instance-types";
import { awsData } from "@/lib/profiles/aws-data";

const NOW = new Date("2026-08-01T00:00:00Z");
const { items } = instanceTypes(awsData(), "us-east-1", NOW);
const none: InstanceFilters = { accelerator: "any", memoryGib: null, maxPrice: null, band: null, search: "" };
const names = (f: Partial<InstanceFilters>, from = items) => filterInstances(from, { ...none, ...f }).map((t) => t.instanceType);
const of = (name: string) => items.find((t) => t.instanceType === name) ?? expect.fail(name);

describe("browsing instance types", () => {
  it("keeps all without a filter, and finds by accelerator and name", () => {
    expect(names({})).toHaveLength(items.length);
    expect(names({ accelerator: "L4" })).toContain("g6.xlarge");
    expect(names({ accelerator: "cpu", search: "C7I.l" })).toEqual(["c7i.large"]);
    expect(names({ accelerator: "gpu" }).every((n) => of(n).accelerator !== null)).toBe(true);
  });
  it("counts memory over all accelerators, and takes a 24 GB card for 24", () => {
    expect(modelMemoryMib(of("g6.12xlarge"))).toBe(4 * 22_888);
    expect(names({ memoryGib: 24, accelerator: "L4" })).toContain("g6.xlarge");
    expect(names({ memoryGib: 25, accelerator: "L4" })).not.toContain("g6.xlarge");
  });
  it("never lets what is unknown pass a limit", () => {
    expect(names({ memoryGib: 1 })).not.toContain("inf2.xlarge");
    const elsewhere = instanceTypes(awsData(), "eu-west-1", NOW).items;
    expect(names({ maxPrice: 1000 }, elsewhere)).toEqual([]);
    expect(names({ band: 4 })).not.toContain("p5.4xlarge");
  });
  it("holds the price limit against the cheaper of on-demand and spot", () => {
    expect(lowestPrice(of("g6.xlarge"))).toBe(0.410448);
    expect(spotSaving(of("g6.xlarge"))).toBeCloseTo(0.49, 6);
    expect([names({ maxPrice: 0.42, accelerator: "L4" }).includes("g6.xlarge"), names({ maxPrice: 0.4, accelerator: "L4" }).includes("g6.xlarge")]).toEqual([true, false]);
  });
});
