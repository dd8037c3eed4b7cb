import { FIT_ORDER } from "@/components/profiles/fit-look";
import { groupSpot } from "@/components/profiles/group-spot";
import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

export type ProfileFilters = {
  /** `any`, `cpu`, or an accelerator's name. */ accelerator: string;
  /** `any` or a capacity type. */ capacity: string;
  /** USD/h; null: any. A profile without a price on file never passes a limit. */ maxPrice: number | null;
  /** Only what fits, tightly or not. */ fits: boolean;
};
export type ProfileRow = Profile & { fit: Fit | null; /** Slug of the profile that is this one with on-demand as fallback, where the two share a row. */ withFallback: string | null };
export const PROFILE_SORTS = ["catalogue", "price", "memory", "risk", "fit"] as const;
export type ProfileSort = (typeof PROFILE_SORTS)[number];

/** The rows that pass, in the order asked for; what is unknown comes last in each order. */
export function filterProfiles(profiles: Profile[], fits: ReadonlyMap<string, Fit> | null, filters: ProfileFilters, sort: ProfileSort): ProfileRow[] {
  const passed = profiles.map((p) => ({ ...p, fit: fits?.get(p.slug) ?? null })).filter((p) => {
    if (filters.accelerator === "cpu" ? p.accelerator !== null : filters.accelerator !== "any" && p.accelerator?.name !== filters.accelerator) return false;
    if (filters.capacity !== "any" && p.capacityType !== filters.capacity) return false;
    if (filters.maxPrice !== null && !(p.price && p.price.value <= filters.maxPrice)) return false;
    return !filters.fits || !fits || p.fit?.verdict === "fits" || p.fit?.verdict === "tight";
  });
  const rows = groupSpot(passed, (p) => p.slug);
  if (sort === "catalogue") return rows;
  return rows.map((row) => [row, rank(row, sort)] as const).sort(([, a], [, b]) => a - b).map(([row]) => row);
}

function rank(row: ProfileRow, sort: Exclude<ProfileSort, "catalogue">): number {
  switch (sort) {
    case "price": return row.price?.value ?? Infinity;
    case "memory": return -((row.accelerator?.memoryMibEach ?? 0) * (row.accelerator?.count ?? 0) * 1e9 + row.memoryMib);
    case "risk": return row.spot?.rangeIndex ?? (row.capacityType === "on-demand" || row.capacityType === "local" ? -1 : Infinity);
    case "fit": return row.fit ? FIT_ORDER[row.fit.verdict] * 1e6 + (row.price?.value ?? 1e5) : Infinity;
  }
}
