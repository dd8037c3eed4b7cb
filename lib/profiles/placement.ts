import type { Profile } from "@/lib/profiles/schema";
import type { Placement } from "@/lib/targets/target";

/** What a node keeps for itself besides image and model; also the volume of a profile that says nothing. */
const DEFAULT_DISK_GIB = 100;

/** Where on a cluster a profile lets a replica run. A profile of this machine says nothing of nodes: any will do. */
export function placementOf(profile: Profile): Placement {
  return {
    capacityType: profile.capacityType === "local" ? "on-demand" : profile.capacityType,
    instanceTypes: profile.instanceType === null ? [] : [profile.instanceType],
    architecture: profile.architecture,
    acceleratorResource: resourceOf(profile.accelerator),
    diskGib: Math.ceil(profile.diskGib ?? DEFAULT_DISK_GIB),
  };
}

function resourceOf(accelerator: Profile["accelerator"]): Placement["acceleratorResource"] {
  if (accelerator === null) return null;
  if (accelerator.kind === "neuron") return "aws.amazon.com/neuron";
  return accelerator.manufacturer.toLowerCase() === "amd" ? "amd.com/gpu" : "nvidia.com/gpu";
}
