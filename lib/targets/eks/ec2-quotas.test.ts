import { expect, it } from "vitest";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { quotasOf } from "@/lib/targets/eks/ec2-quotas";

const readings = [{ family: "G and VT", capacity: "on-demand", vcpus: 8 }, { family: "G and VT", capacity: "spot", vcpus: 0 }, { family: "Standard", capacity: "on-demand", vcpus: 100 }, { family: "P", capacity: "spot", vcpus: 96 }];

it("is that of the family and the capacity type, in whole instances, and unknown where it was not read", () => {
  expect(quotasOf("g6.xlarge", 4, "on-demand", readings)).toEqual([{ family: "G and VT", capacity: "on-demand", vcpus: 8, instances: 2 }]);
  expect(quotasOf("g6.xlarge", 4, "spot-with-fallback", readings).map((q) => [q.capacity, q.instances])).toEqual([["spot", 0], ["on-demand", 2]]);
  expect(quotasOf("c7i.4xlarge", 16, "on-demand", readings)).toMatchObject([{ family: "Standard", instances: 6 }]);
  // P5 has a spot quota of its own, which nobody read here.
  expect(quotasOf("p5.48xlarge", 192, "spot", readings)).toEqual([{ family: "P5", capacity: "spot", vcpus: null, instances: null }]);
  expect(quotasOf("g6.xlarge", null, "on-demand", readings)).toMatchObject([{ vcpus: 8, instances: null }]);
  expect(quotasOf("inf2.xlarge", 4, "spot", [])).toMatchObject([{ family: "Inf", vcpus: null }]);
});

it("every instance type of the catalogue belongs to one family", () => {
  for (const p of awsProfiles("us-east-1", new Date("2026-11-01T00:00:00Z"))) expect(quotasOf(p.instanceType!, 4, p.capacityType, []).length, p.slug).toBe(p.capacityType === "spot-with-fallback" ? 2 : 1);
});
