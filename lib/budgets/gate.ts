import { z } from "zod";
import { multiplyUsd, toNanodollars, toUsd } from "@/lib/costs/money";
import { formatMoney } from "@/lib/format/money";
import { monthInWords, monthOf } from "@/lib/budgets/month";

export const OVER_BUDGET = ["allow", "ask", "block"] as const;
export type OverBudget = (typeof OVER_BUDGET)[number];

const usd = z.number().nonnegative().nullable();
export const gateSchema = z.object({
  decision: z.enum(["allow", "ask", "block"]).describe("ask: it waits for the yes of a platform person or an owner"),
  reasons: z.array(z.string()).describe("Sentences that say why; empty where there is nothing to say"),
  budgetUsd: usd.describe("Of the environment, a month; null: none"),
  spentUsd: usd.describe("This month so far; null: unknown, since a part of it has no price"),
  forecastUsd: z.object({
    before: usd.describe("To the end of the month, as everything runs now at its fewest replicas"),
    least: usd.describe("With the change, at its fewest replicas"),
    most: usd.describe("With the change, at its most replicas all the time"),
  }),
  month: z.string().describe("UTC"),
  estimate: z.boolean().describe("A part of it is time on this machine, which sends no bill"),
}).meta({ id: "BudgetGate" });
export type Gate = z.infer<typeof gateSchema>;

/** USD an hour at the fewest and at the most replicas; null: no price on file. */
export type Rate = { least: number | null; most: number | null };
export const NOTHING: Rate = { least: 0, most: 0 };

export type GateInput = {
  budgetUsd: number | null;
  overBudget: OverBudget;
  requiresApproval: boolean;
  /** Something new is to run: a deployment or a revision. What only stops, shrinks or returns needs no approval of its own. */
  somethingNew: boolean;
  spentUsd: number | null;
  /** Of all else that is meant to run in the environment, at its fewest replicas. */
  othersPerHourUsd: number | null;
  before: Rate;
  after: Rate;
  estimate: boolean;
  now: Date;
};

/**
 * Whether a change may go ahead: held against the month's spending so far plus what runs, and would run, to the month's end. Pure.
 * A change that makes nothing dearer is never stopped by a budget, or one could not scale down when over it.
 */
export function gate(input: GateInput): Gate {
  const { budgetUsd, overBudget, now } = input;
  const month = monthOf(now);
  const at = (own: number | null) => sum(input.spentUsd, perMonthsRest(sum(input.othersPerHourUsd, own), month.hoursLeft));
  const forecastUsd = { before: at(input.before.least), least: at(input.after.least), most: at(input.after.most) };
  const reasons: string[] = [];
  let decision: Gate["decision"] = "allow";
  if (input.requiresApproval && input.somethingNew) {
    decision = "ask";
    reasons.push("Deployments to this environment wait for approval.");
  }
  const dearer = input.after.least === null || (input.after.least > (input.before.least ?? 0)) || input.after.most === null || input.after.most > (input.before.most ?? 0);
  if (budgetUsd !== null && dearer) {
    const budget = `the budget of ${formatMoney(budgetUsd)} for ${monthInWords(month.name)}`;
    if (forecastUsd.least === null) {
      reasons.push(`There is no price on file for a part of it, so nobody can tell whether it stays within ${budget}.`);
      // A block needs a figure to rest on; without one a person decides.
      if (overBudget !== "allow") decision = "ask";
    } else if (forecastUsd.least > budgetUsd) {
      reasons.push(`At its fewest replicas the environment would come to ${formatMoney(forecastUsd.least)} by the end of the month, over ${budget}.`);
      decision = overBudget === "allow" ? decision : overBudget;
    } else if (forecastUsd.most === null || forecastUsd.most > budgetUsd) {
      reasons.push(forecastUsd.most === null ? `At its most replicas the cost is unknown.` : `At its most replicas all the time it would come to ${formatMoney(forecastUsd.most)}, over ${budget}.`);
    }
  }
  return { decision, reasons, budgetUsd, spentUsd: input.spentUsd, forecastUsd, month: month.name, estimate: input.estimate };
}

const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : toUsd(toNanodollars(a) + toNanodollars(b)));
const perMonthsRest = (perHour: number | null, hours: number) => (perHour === null ? null : multiplyUsd(perHour, hours));
