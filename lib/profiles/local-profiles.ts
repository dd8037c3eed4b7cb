import { perMonth } from "./catalogue";
import { estimateLocalPrice, type LocalPricing } from "./local-pricing";
import type { Profile } from "./schema";

export type Machine = {
  /** Logical CPUs. */
  cores: number;
  memoryMib: number;
  /** Free space where artifacts are kept; null when it could not be read. */
  diskGib: number | null;
  architecture: "amd64" | "arm64";
};

/** Kept for the portal itself (web, worker, gateway, PostgreSQL); never more than a quarter of the machine. */
const PORTAL_MEMORY_MIB = 2048;
/** A model server and its runtime want this much before a model is loaded; smaller profiles would only fail. */
const SMALLEST_MEMORY_MIB = 512;
const SMALLEST_CPU_MILLICORES = 250;

const SIZES = [
  { size: "small", cpuShare: 1 / 4, memoryShare: 1 / 8, maxMillicores: 2_000, maxMemoryMib: 4_096 },
  { size: "medium", cpuShare: 1 / 2, memoryShare: 1 / 4, maxMillicores: 4_000, maxMemoryMib: 16_384 },
  { size: "large", cpuShare: 1, memoryShare: 1 / 2, maxMillicores: 16_000, maxMemoryMib: 65_536 },
  { size: "full", cpuShare: 1, memoryShare: 1, maxMillicores: Infinity, maxMemoryMib: Infinity },
] as const;

/**
 * Profiles of this machine, smallest first: shares of its real cores and of the memory left beside the portal, never more than it has.
 * All four are there on every machine, so that their slugs can be relied on; on a very small one neighbours may be equal.
 * The price is an estimate made of AWS prices; null without pricing. Throws RangeError on a machine without cores or memory.
 */
export function localProfiles(machine: Machine, pricing: LocalPricing | null, now: Date = new Date()): Profile[] {
  if (!(machine.cores >= 1) || !(machine.memoryMib >= 1)) throw new RangeError("A machine has at least one core and some memory.");
  const usableMib = Math.floor(machine.memoryMib - Math.min(PORTAL_MEMORY_MIB, machine.memoryMib / 4));
  const allMillicores = Math.floor(machine.cores) * 1000;
  return SIZES.map(({ size, cpuShare, memoryShare, maxMillicores, maxMemoryMib }) => {
    const cpuMillicores = between(SMALLEST_CPU_MILLICORES, Math.min(allMillicores * cpuShare, maxMillicores), allMillicores);
    const memoryMib = between(SMALLEST_MEMORY_MIB, roundDown(Math.min(usableMib * memoryShare, maxMemoryMib), 64), usableMib);
    const price = pricing ? estimateLocalPrice({ cpuMillicores, memoryMib }, pricing, now) : null;
    return {
      slug: `local-${size}`,
      name: `This machine, ${size}: ${cpuMillicores / 1000} ${cpuMillicores === 1000 ? "core" : "cores"}, ${Math.round((memoryMib / 1024) * 10) / 10} GiB`,
      targetKind: "local", instanceType: null, region: null, accelerator: null, capacityType: "local",
      cpuMillicores, memoryMib, diskGib: machine.diskGib, diskSizedFromModel: false, architecture: machine.architecture,
      price, pricePerMonth: perMonth(price), priceOnDemand: null, spot: null,
    };
  });
}

const between = (least: number, value: number, most: number) => Math.floor(Math.min(Math.max(least, value), most));
const roundDown = (value: number, step: number) => Math.floor(value / step) * step;
