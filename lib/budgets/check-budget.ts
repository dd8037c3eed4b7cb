import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { readGate } from "@/lib/budgets/gate-change";
import { gateSchema } from "@/lib/budgets/gate";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { getProfile } from "@/lib/profiles/list-profiles";

export const budgetCheckSchema = gateSchema.extend({ mayApprove: z.boolean().describe("Whether the caller's own deployment counts as approved") }).meta({ id: "BudgetCheck" });
export type BudgetCheck = z.infer<typeof budgetCheckSchema>;

type Asked = { environment: string; profile: string; scaling: { min: number; max: number }; deployment?: string };

/** What gateChange would say, by names. Throws not_found for what is not there. */
export async function checkBudget(actor: Actor, projectId: string, asked: Asked, now = new Date()): Promise<BudgetCheck> {
  const environment = await db().environment.findUnique({ where: { projectId_slug: { projectId, slug: asked.environment } }, select: { id: true } });
  if (!environment) throw notFound("environment");
  const deployment = asked.deployment ? await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug: asked.deployment } }, select: { id: true, generation: true } }) : null;
  if (asked.deployment && !deployment) throw notFound("deployment");
  const profile = await getProfile(asked.profile, now);
  const gate = await readGate(db(), { projectId, environmentId: environment.id, deployment, after: { profile, min: asked.scaling.min, max: asked.scaling.max }, somethingNew: true }, now);
  return { ...gate, mayApprove: allows(actor, "deployment.approve", projectId) };
}
