import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { environmentEtag, presentEnvironment, WITH_COUNT } from "@/lib/environments/present-environment";
import { targetIdOf } from "@/lib/environments/target-id-of";
import type { createEnvironmentSchema } from "@/lib/environments/schema";
import { AppError } from "@/lib/errors";

/** Adds an environment to a project. Throws already_exists when the project has one of that name. */
export async function createEnvironment(actor: Actor, projectId: string, input: z.output<typeof createEnvironmentSchema>) {
  requirePermission(actor, "project.update", projectId);
  const row = await db().$transaction(async (tx) => {
    const made = await tx.environment.create({
      data: { projectId, slug: input.name, name: input.displayName ?? input.name, requiresApproval: input.requiresApproval, monthlyBudgetUsd: input.monthlyBudgetUsd, overBudget: input.overBudget, sleepAfterMinutes: input.sleepAfterMinutes, expireAfterDays: input.expireAfterDays, targetId: await targetIdOf(tx, input.target) }, include: WITH_COUNT,
    });
    await writeAudit(tx, actor, { action: "environment.create", subject: { kind: "environment", id: made.slug }, projectId, detail: input });
    return made;
  }).catch(onUniqueViolation(() => new AppError("already_exists", `This project has an environment named "${input.name}" already.`, { fields: [{ path: "name", message: "is taken" }] })));
  return { environment: presentEnvironment(row), etag: environmentEtag(row) };
}
