import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { ApprovalNeeded } from "@/lib/budgets/approval-needed";
import { environmentSpending, perHourOf } from "@/lib/budgets/environment-spending";
import { gate, NOTHING, type Gate, type Rate } from "@/lib/budgets/gate";
import { multiplyUsd } from "@/lib/costs/money";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";

export type GatedChange = {
  projectId: string;
  environmentId: string;
  /** null: it does not exist yet. */
  deployment: { id: string; generation: number } | null;
  /** What is to run once the change is made; null: nothing. */
  after: { profile: Pick<Profile, "price">; min: number; max: number } | null;
  /** A deployment or a revision that did not exist before. */
  somethingNew: boolean;
};

/** What the environment's budget and approval rule say to a change. Reads only. */
export async function readGate(tx: Tx, change: GatedChange, now: Date): Promise<Gate> {
  const environment = await tx.environment.findUniqueOrThrow({ where: { id: change.environmentId } });
  const budgetUsd = environment.monthlyBudgetUsd?.toNumber() ?? null;
  const spending = await environmentSpending(tx, environment.id, now);
  const own = spending.running.find((r) => r.id === change.deployment?.id);
  return gate({
    budgetUsd, overBudget: environment.overBudget, requiresApproval: environment.requiresApproval, somethingNew: change.somethingNew, spentUsd: spending.spentUsd,
    othersPerHourUsd: perHourOf(spending.running.filter((r) => r !== own)),
    before: own ? rate(own.price, own.least, own.most) : NOTHING,
    after: change.after ? rate(change.after.profile.price?.value ?? null, change.after.min, change.after.max) : NOTHING,
    estimate: spending.estimate || change.after?.profile.price?.estimate === true, now,
  });
}

/**
 * Lets a change go on, or throws: ApprovalNeeded when somebody has to say yes first, over_budget when nobody may. Call it in the
 * change's own transaction: the environment is locked until that ends, so that two changes at once cannot both fit into what is left.
 * Who may approve says yes by asking. Where there is neither budget nor rule, nothing is read and nothing locked.
 */
export async function gateChange(tx: Tx, actor: Actor, change: GatedChange, approved: boolean, now = new Date()): Promise<void> {
  const rule = await tx.environment.findUniqueOrThrow({ where: { id: change.environmentId }, select: { monthlyBudgetUsd: true, requiresApproval: true } });
  if (rule.monthlyBudgetUsd === null && !rule.requiresApproval) return;
  await tx.$queryRaw`SELECT id FROM "Environment" WHERE id = ${change.environmentId}::uuid FOR UPDATE`;
  const verdict = await readGate(tx, change, now);
  if (verdict.decision === "block") throw new AppError("over_budget", `${verdict.reasons.join(" ")} Take something else away first, or have a platform person raise the budget.`, { extra: { gate: verdict } });
  if (verdict.decision === "ask" && !approved && !allows(actor, "deployment.approve", change.projectId)) throw new ApprovalNeeded(verdict, change.environmentId, change.deployment?.generation ?? null);
}

function rate(price: number | null, min: number, max: number): Rate {
  const at = (n: number) => (price === null ? (n === 0 ? 0 : null) : multiplyUsd(price, n));
  return { least: at(min), most: at(max) };
}
