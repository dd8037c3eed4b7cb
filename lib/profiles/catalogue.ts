import { multiplyUsd } from "@/lib/costs/money";
import type { Quote } from "@/lib/costs/quote";
import { awsData, type AwsData, type AwsInstanceType } from "./aws-data";
import { ACCELERATOR_NAMES, OFFERED_INSTANCE_TYPES } from "./aws-instances";
import { HOURS_PER_MONTH, type Accelerator, type CapacityType, type Profile } from "./schema";
import { onDemandPrice } from "./on-demand-price";
import { spotPrice, spotRisk } from "./spot-price";

export const DEFAULT_REGION = "us-east-1";

/**
 * AWS profiles of a region, CPU types first, then by accelerator family and size; for each type on-demand, and spot and
 * spot-with-fallback where a spot price was read or the Spot Advisor knows it. A type with neither in the region is left out: nothing
 * on file says it is sold there. Prices age against `now`; where none is on file, `price` is null (never another region's).
 */
export function awsProfiles(region: string = DEFAULT_REGION, now: Date = new Date(), data: AwsData = awsData()): Profile[] {
  return OFFERED_INSTANCE_TYPES.flatMap((instanceType) => {
    const type = data.types.types[instanceType];
    if (!type) return [];
    const onDemand = onDemandPrice(data, region, instanceType, now);
    const risk = spotRisk(data.spot, region, instanceType, now);
    if (!onDemand && !risk) return [];
    const spot = spotPrice(data, region, instanceType, now);
    const profile = (capacityType: CapacityType, price: Quote | null): Profile => ({
      slug: slugOf(instanceType, capacityType, region),
      name: nameOf(instanceType, type, capacityType),
      targetKind: "aws",
      instanceType,
      region,
      accelerator: acceleratorOf(type),
      capacityType,
      cpuMillicores: Number.parseInt(type.allocatable.cpu, 10),
      memoryMib: Number.parseInt(type.allocatable.memory, 10),
      diskGib: Number.parseInt(type.allocatable["ephemeral-storage"], 10),
      diskSizedFromModel: true,
      architecture: type.arch,
      price,
      pricePerMonth: perMonth(price),
      priceOnDemand: onDemand,
      spot: capacityType === "on-demand" ? null : risk,
    });
    const steady = profile("on-demand", onDemand);
    if (!spot && !risk) return [steady];
    const fallback = spot && { ...spot, note: `${spot.note ?? ""} While spot capacity is missing, the on-demand price applies.`.trim() };
    return [steady, profile("spot", spot), profile("spot-with-fallback", fallback)];
  });
}

/** USD for 730 hours at a price; null stays null. */
export const perMonth = (price: Quote | null) => (price ? multiplyUsd(price.value, HOURS_PER_MONTH) : null);

export function acceleratorOf({ accelerator }: AwsInstanceType): Accelerator | null {
  if (!accelerator) return null;
  const { kind, manufacturer, count, memoryMiBEach } = accelerator;
  return { name: ACCELERATOR_NAMES[accelerator.name] ?? accelerator.name, kind, manufacturer, count, memoryMibEach: memoryMiBEach };
}

const SUFFIX: Record<CapacityType, string> = { "on-demand": "", spot: "-spot", "spot-with-fallback": "-spot-fallback", local: "" };

/** `g6-xlarge-spot`; the region is part of it outside the default one. Slugs are kept in deployments and never change. */
export const slugOf = (instanceType: string, capacityType: CapacityType, region: string) =>
  `${instanceType.replaceAll(".", "-")}${SUFFIX[capacityType]}${region === DEFAULT_REGION ? "" : `-${region}`}`;

function nameOf(instanceType: string, type: AwsInstanceType, capacityType: CapacityType): string {
  const a = acceleratorOf(type);
  const what = a ? `${a.count} × ${a.name}` : `${type.vcpu} vCPU, ${type.memoryMiB / 1024} GiB`;
  const how = { "on-demand": "on-demand", spot: "spot", "spot-with-fallback": "spot, on-demand as fallback", local: "local" }[capacityType];
  return `${what} · ${instanceType} · ${how}`;
}
