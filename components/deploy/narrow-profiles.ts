import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

export type ProfileNarrowing = { /** `any`, `cpu`, or an accelerator's name. */ accelerator: string; /** `any` or a capacity type. */ capacity: string };

const ORDER: Fit["verdict"][] = ["fits", "tight", "unknown", "does_not_fit"];

/** Those asked for: what fits first, then by price; without a price last. Pure. */
export function narrowProfiles(profiles: readonly Profile[], fits: ReadonlyMap<string, Fit> | null, { accelerator, capacity }: ProfileNarrowing): Profile[] {
  const rank = (p: Profile) => ORDER.indexOf(fits?.get(p.slug)?.verdict ?? "unknown");
  return profiles
    .filter((p) => (accelerator === "any" || (accelerator === "cpu" ? p.accelerator === null : p.accelerator?.name === accelerator)) && (capacity === "any" || p.capacityType === capacity))
    .sort((a, b) => rank(a) - rank(b) || (a.price?.value ?? Infinity) - (b.price?.value ?? Infinity) || a.slug.localeCompare(b.slug));
}
