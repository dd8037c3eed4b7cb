import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { environmentEtag, presentEnvironment, WITH_COUNT } from "@/lib/environments/present-environment";
import { targetIdOf } from "@/lib/environments/target-id-of";
import type { updateEnvironmentSchema } from "@/lib/environments/schema";
import { AppError, notFound } from "@/lib/errors";

/** Changes an environment's display name, budget, approval rule or target. With `ifMatch`, only when nobody changed it since (412). */
export async function updateEnvironment(actor: Actor, projectId: string, slug: string, ifMatch: string | null, input: z.output<typeof updateEnvironmentSchema>) {
  requirePermission(actor, "project.update", projectId);
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Environment" WHERE "projectId" = ${projectId}::uuid AND slug = ${slug} FOR UPDATE`;
    const before = await tx.environment.findUnique({ where: { projectId_slug: { projectId, slug } }, include: WITH_COUNT });
    if (!before) throw notFound("environment");
    if (ifMatch !== null && ifMatch !== environmentEtag(before)) throw new AppError("precondition_failed", "Somebody changed this environment since you read it. Read it again, then repeat your change.");
    const row = await tx.environment.update({
      where: { id: before.id }, include: WITH_COUNT, data: { name: input.displayName, requiresApproval: input.requiresApproval, monthlyBudgetUsd: input.monthlyBudgetUsd, overBudget: input.overBudget, sleepAfterMinutes: input.sleepAfterMinutes, expireAfterDays: input.expireAfterDays, targetId: await targetIdOf(tx, input.target) },
    });
    await writeAudit(tx, actor, { action: "environment.update", subject: { kind: "environment", id: slug }, projectId, detail: input });
    return { environment: presentEnvironment(row), etag: environmentEtag(row) };
  });
}
