import { monthSoFar } from "@/lib/budgets/environment-spending";
import { monthOf } from "@/lib/budgets/month";
import { reached } from "@/lib/budgets/thresholds";
import { db } from "@/lib/db/client";

/** Writes down which thresholds each environment's month has passed. A threshold is written once a month, however often this runs. */
export async function noteThresholds(now: Date): Promise<number> {
  const month = monthOf(now).name;
  const environments = await db().environment.findMany({ where: { monthlyBudgetUsd: { not: null } }, select: { id: true, monthlyBudgetUsd: true, alerts: { where: { month }, select: { thresholdPercent: true } } } });
  let noted = 0;
  for (const e of environments) {
    const budgetUsd = e.monthlyBudgetUsd!.toNumber();
    const { total } = await monthSoFar(db(), e.id, now);
    const fresh = reached(total, budgetUsd).filter((t) => !e.alerts.some((a) => a.thresholdPercent === t));
    if (fresh.length === 0) continue;
    noted += (await db().budgetAlert.createMany({ skipDuplicates: true, data: fresh.map((thresholdPercent) => ({ environmentId: e.id, month, thresholdPercent, budgetUsd, spentUsd: total!, at: now })) })).count;
  }
  return noted;
}
