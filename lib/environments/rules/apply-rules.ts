import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { judgeRule, sleepOf } from "@/lib/environments/rules/judge-rule";
import { AppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { whyNoSleep } from "@/lib/targets/why-no-sleep";

const actor = systemActor("environment rule");
const BATCH = 200;

/**
 * Does what environments want of their deployments by themselves: lets them sleep, warns, deletes. Through the same verbs as a person's change, so each
 * has its event and its audit row. Doing it again changes nothing; one that fails holds up no other.
 */
export async function applyEnvironmentRules(now: Date, log: Pick<Logger, "warn">): Promise<{ slept: number; warned: number; deleted: number }> {
  const rows = await db().deployment.findMany({
    where: { desiredState: { not: "deleted" }, environment: { OR: [{ sleepAfterMinutes: { not: null } }, { expireAfterDays: { not: null } }] } }, orderBy: { id: "asc" },
    select: { id: true, slug: true, projectId: true, desiredState: true, minReplicas: true, maxReplicas: true, idleSecondsBeforeZero: true, target: true, environment: { select: { name: true, sleepAfterMinutes: true, expireAfterDays: true } }, revisions: { orderBy: { number: "desc" }, take: 1, select: { createdAt: true } } },
  });
  const done = { slept: 0, warned: 0, deleted: 0 };
  for (const d of rows) {
    if (done.slept + done.deleted >= BATCH) break;
    const input = { ...d.environment, maySleep: maySleep(d), minReplicas: d.minReplicas, idleSecondsBeforeZero: d.idleSecondsBeforeZero, newestRevisionAt: d.revisions[0]?.createdAt ?? now, now };
    const verdict = judgeRule(input);
    try {
      if (verdict?.kind === "delete") {
        await event(d.id, "Expired", `${d.environment.name} deletes deployments ${verdict.days} days after their newest revision.`, null);
        await deleteDeployment(actor, d.projectId, d.slug);
        done.deleted++;
        continue;
      }
      if (verdict?.kind === "warn") done.warned += await event(d.id, "Expires", `${d.environment.name} deletes it at ${verdict.at.toISOString().slice(0, 16).replace("T", " ")} UTC, ${verdict.days} days after its newest revision. A new revision puts that off.`, `expires:${verdict.at.toISOString()}`);
      const sleep = d.desiredState === "running" ? sleepOf(input) : null;
      if (sleep) {
        await updateDeployment(actor, d.projectId, d.slug, null, { scaling: { min: 0, max: d.maxReplicas, idleSecondsBeforeZero: sleep.idleSecondsBeforeZero } });
        done.slept++;
      }
    } catch (error) {
      log.warn({ err: error, deployment: d.id }, "an environment's rule could not be applied; it is tried again");
    }
  }
  return done;
}

/** A connection that cannot be read is its deployments' trouble elsewhere; here they stay as they are. */
function maySleep({ target, environment }: { target: Parameters<typeof whyNoSleep>[0]; environment: { sleepAfterMinutes: number | null } }): boolean {
  if (environment.sleepAfterMinutes === null) return false;
  try {
    return whyNoSleep(target) === null;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** An event, once a key. */
async function event(deploymentId: string, reason: string, message: string, dedupeKey: string | null): Promise<number> {
  return (await db().deploymentEvent.createMany({ data: [{ deploymentId, type: "Warning", reason, message, dedupeKey }], skipDuplicates: true })).count;
}
