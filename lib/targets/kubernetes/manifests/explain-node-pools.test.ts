import { describe, expect, it } from "vitest";
import type { NodePoolPlan } from "@/lib/targets/target";
import { explainNodePools } from "./explain-node-pools";
import { renderNodePools, volumeGib } from "./node-pools";

const plan = (change: Partial<NodePoolPlan["placement"]> = {}, rest: Partial<NodePoolPlan> = {}): NodePoolPlan => ({
  placement: { capacityType: "spot-with-fallback", instanceTypes: ["g6.xlarge"], architecture: "amd64", acceleratorResource: "nvidia.com/gpu", diskGib: 100, ...change },
  limits: { cpu: 64, memoryGib: 256, accelerators: 8 }, replicaDiskGib: 90, imageGib: 12, nodeRole: "Role", discovery: "prod", ...rest,
});
const explained = (p: NodePoolPlan, provider: "eks" | "eks-auto" = "eks") => new Map(explainNodePools(p, renderNodePools(p, { instance: "abc", provider })).map((e) => [e.field, e]));

describe("what a node pool's parts are there for", () => {
  it("names the volume the YAML has, and what it is made of", () => {
    expect(explained(plan()).get("volume")).toMatchObject({ object: "EC2NodeClass", value: `${volumeGib(plan())} GiB`, why: "20 GiB for the system, 90 GiB for a replica's files, and twice the image's 12 GiB, packed and unpacked." });
    expect(explained(plan({}, { imageGib: null })).get("volume")!.why).toMatch(/was not measured/);
    expect(explained(plan({}, { replicaDiskGib: 1, imageGib: 1 })).get("volume")!.why).toMatch(/What the profile says/);
  });
  it("says what each capacity type does, and which limits hold", () => {
    expect(explained(plan()).get("capacity type")).toMatchObject({ value: "spot, on-demand", why: expect.stringMatching(/on-demand where there is none/) });
    expect(explained(plan({ capacityType: "spot" })).get("capacity type")!.why).toMatch(/replicas wait/);
    expect(explained(plan()).get("limits")!.value).toBe("64 cores, 256 GiB, 8 nvidia.com/gpu");
    expect(explained(plan({ acceleratorResource: null })).get("limits")!.value).toBe("64 cores, 256 GiB");
    expect(explained(plan({ acceleratorResource: null })).has("taint")).toBe(false);
  });
  it("speaks of the class that Auto Mode has", () => expect(explained(plan(), "eks-auto").get("role")!.object).toBe("NodeClass"));
});
