import { expect, it } from "vitest";
import { budgetOutlook, burnDown } from "@/components/costs/burn-down";
import type { BudgetStatus } from "@/lib/budgets/budget-status";

const status: BudgetStatus = {
  environment: "dev", displayName: "Development", budgetUsd: 100, overBudget: "ask", requiresApproval: false, month: "2026-11", from: "2026-11-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z", asOf: "2026-11-02T12:00:00.000Z",
  spentUsd: 30, perHourUsd: 0.1, forecastUsd: 98.4, days: [{ day: "2026-11-01", spentUsd: 20 }, { day: "2026-11-02", spentUsd: 30 }], thresholds: [], estimate: false,
};
const at = Date.parse;

it("draws what was spent up to now, the forecast from there to the month's end, and the budget across", () => {
  expect(burnDown(status).map((s) => [s.key, s.points])).toEqual([
    ["spent", [[at(status.from), 0], [at("2026-11-02T00:00:00Z"), 20], [at(status.asOf), 30]]],
    ["forecast", [[at(status.asOf), 30], [at(status.to), 98.4]]],
    ["budget", [[at(status.from), 100], [at("2026-11-02T00:00:00Z"), 100], [at(status.asOf), 100], [at(status.to), 100]]],
  ]);
  expect(burnDown({ ...status, budgetUsd: null }).map((s) => s.key)).toEqual(["spent", "forecast"]);
});

it("says where the month is heading, and never calls unknown fine", () => {
  expect(budgetOutlook(status).word).toBe("Within budget");
  expect(budgetOutlook({ ...status, forecastUsd: 100.01 }).word).toBe("Will go over");
  expect(budgetOutlook({ ...status, spentUsd: 101, forecastUsd: 140 }).word).toBe("Over budget");
  expect(budgetOutlook({ ...status, spentUsd: null, forecastUsd: null }).word).toBe("Unknown");
  expect(budgetOutlook({ ...status, budgetUsd: null }).word).toBe("No budget");
});
