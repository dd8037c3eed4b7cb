import { gatherAdvice } from "@/lib/advice/gather";
import type { AdviceItem, AdviceKind } from "@/lib/advice/schema";
import type { Actor } from "@/lib/auth/actor";
import { toDecimal } from "@/lib/costs/money";
import { db } from "@/lib/db/client";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { setRunningIn } from "@/lib/deployments/set-running";
import { updateDeploymentIn } from "@/lib/deployments/update-deployment";
import { AppError } from "@/lib/errors";

/** The advice of a kind that holds now. Throws conflict where it does not hold any more. */
export async function adviceOf(deploymentId: string, kind: AdviceKind, now = new Date()): Promise<{ item: AdviceItem; hourly: number | null }> {
  const [advised] = await gatherAdvice([deploymentId], now);
  const item = advised?.items.find((i) => i.kind === kind);
  if (!advised || !item) throw new AppError("conflict", "This advice does not hold any more: the deployment or its use has changed. Read the advice again.");
  return { item, hourly: advised.hourly };
}

/**
 * Makes the change that advice names, as a person would: with the budget's gate, an event, an audit row and, for a profile, a new revision. It is written
 * down in the same transaction, so that what it saves can be followed.
 */
export async function applyAdvice(actor: Actor, project: { id: string }, deployment: { id: string; slug: string }, ifMatch: string | null, { item, hourly }: { item: AdviceItem; hourly: number | null }) {
  await db().$transaction(async (tx) => {
    const before = await tx.deployment.findUniqueOrThrow({ where: { id: deployment.id }, select: { generation: true } });
    if (ifMatch !== null && ifMatch !== "*" && ifMatch !== `g${before.generation}`) throw new AppError("precondition_failed", "Somebody changed this deployment since you read the advice. Read it again.");
    if (item.change.desiredState === "stopped") await setRunningIn(tx, actor, project.id, deployment.slug, false, null);
    else await updateDeploymentIn(tx, actor, project.id, deployment.slug, ifMatch, item.change, null);
    const { generation } = await tx.deployment.findUniqueOrThrow({ where: { id: deployment.id }, select: { generation: true } });
    if (generation === before.generation) return;
    await tx.appliedAdvice.create({
      data: {
        projectId: project.id, deploymentId: deployment.id, deploymentSlug: deployment.slug, kind: item.kind, change: item.title, beforeUsdPerHour: toDecimal(hourly ?? 0), expectedMonthlySavingUsd: toDecimal(item.monthlySavingUsd), generation, appliedBy: actor.label,
      },
    });
  });
  return getDeployment(project.id, deployment.slug);
}
