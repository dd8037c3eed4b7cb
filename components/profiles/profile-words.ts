import { formatMib } from "@/lib/format/bytes";
import type { CapacityType, Profile } from "@/lib/profiles/schema";

export const CAPACITY_WORDS: Record<CapacityType, string> = { "on-demand": "On-demand", spot: "Spot", "spot-with-fallback": "Spot, on-demand as fallback", local: "This machine" };
/** The same, short enough for a column. */
export const CAPACITY_SHORT: Record<CapacityType, string> = { ...CAPACITY_WORDS, "spot-with-fallback": "Spot + fallback" };

/** What computes: “1 × NVIDIA L4, 24 GiB” or “CPU only”. */
export function acceleratorWords(profile: Profile): string {
  const a = profile.accelerator;
  if (!a) return "CPU only";
  return `${a.count} × ${a.name}${a.memoryMibEach === null ? "" : `, ${formatMib(a.memoryMibEach)}${a.count > 1 ? " each" : ""}`}`;
}

/** The name in a table: local profiles by their size, AWS ones by their instance type. */
export const profileTitle = (profile: Profile): string => profile.instanceType ?? profile.slug;

export const coresWords = (profile: Profile): string => `${Number((profile.cpuMillicores / 1000).toFixed(2))} ${profile.cpuMillicores === 1000 ? "core" : "cores"}`;
