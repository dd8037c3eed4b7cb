import { HOURS_PER_MONTH } from "@/lib/profiles/schema";

export type CostEstimate = { /** USD/h at the fewest replicas; null: no price on file. */ leastPerHour: number | null; mostPerHour: number | null; leastPerMonth: number | null; mostPerMonth: number | null };

/** What a deployment costs between its fewest and its most replicas, running all the time. Unknown stays unknown. */
export function estimateCost(pricePerHour: number | null, scaling: { min: number; max: number }): CostEstimate {
  const sum = (replicas: number, hours: number) => (pricePerHour === null || !Number.isFinite(replicas) ? null : pricePerHour * replicas * hours);
  // While one is typed the fewest may stand above the most: that is shown at the field, and here the range stays a range.
  const least = Math.min(scaling.min, scaling.max);
  const most = Math.max(scaling.min, scaling.max);
  return { leastPerHour: sum(least, 1), mostPerHour: sum(most, 1), leastPerMonth: sum(least, HOURS_PER_MONTH), mostPerMonth: sum(most, HOURS_PER_MONTH) };
}
