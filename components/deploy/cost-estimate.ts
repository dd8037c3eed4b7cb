import { HOURS_PER_MONTH } from "@/lib/profiles/schema";

export type CostEstimate = { /** USD/h at the fewest replicas; null: no price on file. */ leastPerHour: number | null; mostPerHour: number | null; leastPerMonth: number | null; mostPerMonth: number | null };

/** What a deployment costs between its fewest and its most replicas, running all the time. Unknown stays unknown. */
export function estimateCost(pricePerHour: number | null, scaling: { min: number; max: number }): CostEstimate {
  const sum = (replicas: number, hours: number) => (pricePerHour === null || !Number.isFinite(replicas) ? null : pricePerHour * replicas * hours);
  return { leastPerHour: sum(scaling.min, 1), mostPerHour: sum(scaling.max, 1), leastPerMonth: sum(scaling.min, HOURS_PER_MONTH), mostPerMonth: sum(scaling.max, HOURS_PER_MONTH) };
}
