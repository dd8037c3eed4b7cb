import type { OverBudget } from "@/lib/budgets/gate";

/** In a choice. */
export const OVER_BUDGET_WORDS: Record<OverBudget, string> = { allow: "Goes ahead", ask: "Waits for approval", block: "Is refused" };
/** Behind a budget in a list: "$250/mo, more needs approval". */
export const OVER_BUDGET_SHORT: Record<OverBudget, string> = { allow: "may be exceeded", ask: "more needs approval", block: "a hard limit" };
