import type { InstanceTypeDto } from "@/lib/prices/instance-type";

export type InstanceFilters = {
  /** `any`, `cpu`, `gpu` (any accelerator), or an accelerator's name. */ accelerator: string;
  /** Least accelerator memory of the whole instance in GiB; of a CPU type its host memory. null: any. What is not on file never passes. */ memoryGib: number | null;
  /** USD an hour, of the cheaper of on-demand and spot; null: any. A type without a price never passes a limit. */ maxPrice: number | null;
  /** The worst interruption band let through, 0 to 4; null: any. A type without a band never passes. */ band: number | null;
  /** Part of the instance type's name. */ search: string;
};

/** Memory a model has to itself: of all accelerators, else of the host; null: not on file. */
export function modelMemoryMib(t: Pick<InstanceTypeDto, "accelerator" | "memoryMib">): number | null {
  if (!t.accelerator) return t.memoryMib;
  return t.accelerator.memoryMibEach === null ? null : t.accelerator.memoryMibEach * t.accelerator.count;
}

/** The lowest price on file; null: none. */
export function lowestPrice(t: Pick<InstanceTypeDto, "onDemand" | "spotPrice">): number | null {
  const prices = [t.onDemand, t.spotPrice].flatMap((q) => (q ? [q.value] : []));
  return prices.length > 0 ? Math.min(...prices) : null;
}

/** Share that spot is below on-demand, from -∞ to 1; null where either is not on file. */
export const spotSaving = (t: Pick<InstanceTypeDto, "onDemand" | "spotPrice">): number | null => (t.onDemand && t.spotPrice ? 1 - t.spotPrice.value / t.onDemand.value : null);

export function filterInstances(items: readonly InstanceTypeDto[], f: InstanceFilters): InstanceTypeDto[] {
  return items.filter((t) => {
    if (f.accelerator === "cpu" ? t.accelerator !== null : f.accelerator === "gpu" ? t.accelerator === null : f.accelerator !== "any" && t.accelerator?.name !== f.accelerator) return false;
    if (f.search !== "" && !t.instanceType.includes(f.search.trim().toLowerCase())) return false;
    const memory = modelMemoryMib(t);
    // Vendors' 24 GB cards have 22 to 24 GiB: who asks for 24 means those.
    if (f.memoryGib !== null && (memory === null || memory < f.memoryGib * 1024 * 0.93)) return false;
    const price = lowestPrice(t);
    if (f.maxPrice !== null && (price === null || price > f.maxPrice)) return false;
    return f.band === null || (t.spot !== null && t.spot.rangeIndex <= f.band);
  });
}
