/** Shares of a monthly budget, in percent, at which people are told, once each a month. */
export const THRESHOLDS = [50, 80, 100] as const;

/** Thresholds that spending has reached. Pure; nothing for a spending that is unknown, and for a budget of nothing only what was spent against it. */
export function reached(spentUsd: number | null, budgetUsd: number): number[] {
  if (spentUsd === null || spentUsd <= 0) return [];
  return THRESHOLDS.filter((percent) => spentUsd * 100 >= budgetUsd * percent);
}
