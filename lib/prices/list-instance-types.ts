import { currentFigures } from "@/lib/prices/current-figures";
import type { InstanceTypeDto, InstanceTypeList } from "@/lib/prices/instance-type";
import type { AwsData } from "@/lib/profiles/aws-data";
import { OFFERED_INSTANCE_TYPES } from "@/lib/profiles/aws-instances";
import { acceleratorOf, DEFAULT_REGION, slugOf } from "@/lib/profiles/catalogue";
import { onDemandPrice } from "@/lib/profiles/on-demand-price";
import { spotPrice, spotRisk } from "@/lib/profiles/spot-price";

/** Every instance type on file as it stands in a region. */
export async function listInstanceTypes(region = DEFAULT_REGION, now = new Date()): Promise<InstanceTypeList> {
  return instanceTypes(await currentFigures(), region, now);
}

/** Pure. A type of which the region has neither a price nor an interruption band is left out: nothing says it is sold there. */
export function instanceTypes(data: AwsData, region: string, now: Date): InstanceTypeList {
  const offered = new Set<string>(OFFERED_INSTANCE_TYPES);
  const items = Object.entries(data.types.types).flatMap(([instanceType, type]): InstanceTypeDto[] => {
    const onDemand = onDemandPrice(data, region, instanceType, now);
    const spot = spotRisk(data.spot, region, instanceType, now);
    const market = spotPrice(data, region, instanceType, now);
    if (!onDemand && !spot && !market) return [];
    return [{
      instanceType, vcpu: type.vcpu, memoryMib: type.memoryMiB, architecture: type.arch, localNvmeGb: type.localNvmeGB, accelerator: acceleratorOf(type),
      allocatable: { cpuMillicores: Number.parseInt(type.allocatable.cpu, 10), memoryMib: Number.parseInt(type.allocatable.memory, 10) },
      onDemand, spotPrice: market, spot, profile: offered.has(instanceType) ? slugOf(instanceType, "on-demand", region) : null,
    }];
  });
  return { region, items, regions: regionsOf(data) };
}

export function regionsOf(data: AwsData): InstanceTypeList["regions"] {
  const priced = new Set([...Object.keys(data.onDemand.regions), ...Object.keys(data.live?.onDemand ?? {})]);
  const live = Object.keys(data.live?.spot ?? {});
  const names = new Set([...priced, ...live, ...Object.keys(data.spot.regions)]);
  return [...names].sort().map((region) => ({ region, onDemand: priced.has(region), spot: live.includes(region) || (priced.has(region) && region in data.spot.regions) }));
}
