import type { Profile } from "@/lib/profiles/schema";

export type PriceSource = { what: string; source: string; asOf: string; ageDays: number; stale: boolean };

/** Where the figures of a catalogue come from, each source once: on-demand prices, and interruption bands. */
export function sourcesOf(profiles: readonly Pick<Profile, "price" | "priceOnDemand" | "spot">[]): PriceSource[] {
  const found = new Map<string, PriceSource>();
  for (const { price, priceOnDemand, spot } of profiles) {
    for (const q of [priceOnDemand, price?.estimate ? null : price]) if (q) found.set(`p${q.source}${q.asOf}`, { what: "Prices", source: q.source, asOf: q.asOf, ageDays: q.ageDays, stale: q.stale });
    if (spot) found.set(`s${spot.source}${spot.asOf}`, { what: "Interruptions and spot savings", source: spot.source, asOf: spot.asOf, ageDays: spot.ageDays, stale: spot.stale });
  }
  return [...found.values()];
}
