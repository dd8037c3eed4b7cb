import type { CapacityType } from "@/lib/profiles/schema";

/**
 * Rows with "spot" and "spot, on-demand as fallback" of one instance made one: while spot can be had they are the same machine at the same price.
 * `withFallback` is the slug of the row that was taken in, or null.
 */
export function groupSpot<T extends { capacityType: CapacityType }>(rows: readonly T[], slugOf: (row: T) => string): (T & { withFallback: string | null })[] {
  const slugs = new Set(rows.map(slugOf));
  return rows.flatMap((row) => {
    const slug = slugOf(row);
    if (row.capacityType === "spot-with-fallback" && slugs.has(slug.replace(/-fallback$/, ""))) return [];
    const twin = `${slug}-fallback`;
    return [{ ...row, withFallback: row.capacityType === "spot" && slugs.has(twin) ? twin : null }];
  });
}
