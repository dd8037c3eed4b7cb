import type { Series } from "@/components/charts/series";
import type { BudgetStatus } from "@/lib/budgets/budget-status";

const DAY_MS = 86_400_000;

/** The month as lines: what was spent by the end of each day, where it goes from now, and the budget. Pure. */
export function burnDown(b: BudgetStatus): Series[] {
  const from = Date.parse(b.from);
  const to = Date.parse(b.to);
  const now = Date.parse(b.asOf);
  const spent: Series = {
    key: "spent", label: "Spent", weight: 3,
    points: [[from, 0], ...b.days.map((d) => [Math.min(Date.parse(d.day) + DAY_MS, now), d.spentUsd] as const)],
  };
  const forecast: Series = { key: "forecast", label: "Forecast", weight: 2, points: [[now, b.spentUsd], [to, b.forecastUsd]] };
  // At each time of the others: where a series has no point, the chart shows a gap.
  const budget: Series[] = b.budgetUsd === null ? [] : [{ key: "budget", label: "Budget", weight: 1, points: [...spent.points, ...forecast.points].map(([t]) => [t, b.budgetUsd] as const).filter(([t], i, all) => all.findIndex(([u]) => u === t) === i) }];
  return [spent, forecast, ...budget];
}

/** Where the month is heading, in a word and a state. */
export function budgetOutlook(b: BudgetStatus): { state: "ready" | "warning" | "failed" | "stopped"; word: string } {
  if (b.budgetUsd === null) return { state: "stopped", word: "No budget" };
  if (b.spentUsd === null || b.forecastUsd === null) return { state: "warning", word: "Unknown" };
  if (b.spentUsd > b.budgetUsd) return { state: "failed", word: "Over budget" };
  return b.forecastUsd > b.budgetUsd ? { state: "warning", word: "Will go over" } : { state: "ready", word: "Within budget" };
}
