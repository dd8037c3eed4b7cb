import { readGate } from "@/lib/budgets/gate-change";
import type { Gate } from "@/lib/budgets/gate";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { getProfile } from "@/lib/profiles/list-profiles";

type Asked = { environment: string; profile: string; scaling: { min: number; max: number }; deployment?: string };

/** What gateChange would say, by names. Throws not_found for what is not there. */
export async function checkBudget(projectId: string, asked: Asked, now = new Date()): Promise<Gate> {
  const environment = await db().environment.findUnique({ where: { projectId_slug: { projectId, slug: asked.environment } }, select: { id: true } });
  if (!environment) throw notFound("environment");
  const deployment = asked.deployment ? await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug: asked.deployment } }, select: { id: true, generation: true } }) : null;
  if (asked.deployment && !deployment) throw notFound("deployment");
  const profile = await getProfile(asked.profile, now);
  return readGate(db(), { projectId, environmentId: environment.id, deployment, after: { profile, min: asked.scaling.min, max: asked.scaling.max }, somethingNew: true }, now);
}
