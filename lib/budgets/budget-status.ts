import { z } from "zod";
import { monthSoFar, perHourOf, runningIn } from "@/lib/budgets/environment-spending";
import { gateSchema, OVER_BUDGET } from "@/lib/budgets/gate";
import { monthOf } from "@/lib/budgets/month";
import { THRESHOLDS } from "@/lib/budgets/thresholds";
import { multiplyUsd, toNanodollars, toUsd } from "@/lib/costs/money";
import { db } from "@/lib/db/client";

const usd = z.number().nonnegative().nullable().describe("USD; null: unknown");
export const budgetStatusSchema = z.object({
  environment: z.string(), displayName: z.string(),
  budgetUsd: z.number().nonnegative().nullable().describe("null: no budget"),
  overBudget: z.enum(OVER_BUDGET), requiresApproval: z.boolean(),
  month: gateSchema.shape.month, from: z.iso.datetime(), to: z.iso.datetime(), asOf: z.iso.datetime(),
  spentUsd: usd.describe("This month so far"), perHourUsd: usd.describe("Of what is meant to run now, at its fewest replicas"), forecastUsd: usd.describe("Spent, and what runs now until the month ends"),
  days: z.array(z.object({ day: z.iso.date(), spentUsd: usd.describe("Since the month began") })),
  thresholds: z.array(z.object({ percent: z.number().int(), passedAt: z.iso.datetime().nullable() })),
  estimate: z.boolean(),
}).meta({ id: "BudgetStatus", description: "An environment's month against its budget" });
export type BudgetStatus = z.infer<typeof budgetStatusSchema>;

/** Each environment of a project: the month so far, where it is heading, and its budget. */
export async function budgetStatus(projectId: string, now = new Date()): Promise<BudgetStatus[]> {
  const month = monthOf(now);
  const environments = await db().environment.findMany({ where: { projectId }, orderBy: { slug: "asc" }, include: { alerts: { where: { month: month.name } } } });
  return Promise.all(environments.map(async (e) => {
    const [cost, running] = await Promise.all([monthSoFar(db(), e.id, now), runningIn(db(), e.id)]);
    const perHourUsd = perHourOf(running);
    return {
      environment: e.slug, displayName: e.name, budgetUsd: e.monthlyBudgetUsd?.toNumber() ?? null, overBudget: e.overBudget, requiresApproval: e.requiresApproval,
      month: month.name, from: month.from.toISOString(), to: month.to.toISOString(), asOf: now.toISOString(), spentUsd: cost.total, perHourUsd,
      forecastUsd: cost.total === null || perHourUsd === null ? null : toUsd(toNanodollars(cost.total) + toNanodollars(multiplyUsd(perHourUsd, month.hoursLeft))),
      days: cumulative(cost.perDay),
      thresholds: THRESHOLDS.map((percent) => ({ percent, passedAt: e.alerts.find((a) => a.thresholdPercent === percent)?.at.toISOString() ?? null })),
      estimate: cost.estimate || running.some((r) => r.estimate),
    };
  }));
}

/** Running sums; unknown from the first day that is. */
export function cumulative(perDay: readonly { day: string; total: number | null }[]): { day: string; spentUsd: number | null }[] {
  let sum: bigint | null = 0n;
  return perDay.map(({ day, total }) => {
    sum = sum === null || total === null ? null : sum + toNanodollars(total);
    return { day, spentUsd: sum === null ? null : toUsd(sum) };
  });
}
