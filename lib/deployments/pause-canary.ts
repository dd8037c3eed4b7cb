import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { AppError } from "@/lib/errors";

/** Holds a canary that moves by itself where it is, or lets it go on; done already is success. Throws conflict when there is none. */
export async function pauseCanary(actor: Actor, projectId: string, slug: string, paused: boolean) {
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => {
    if (row.canaryPlan === null) throw new AppError("conflict", row.canaryWeight === null ? "There is no canary to pause." : "This canary moves only when somebody moves it, so there is nothing to pause.");
    if (row.canaryPaused === paused) return null;
    return {
      data: { canaryPaused: paused },
      event: { reason: paused ? "CanaryPaused" : "CanaryResumed", message: paused ? `The canary was paused by ${actor.label}: revision ${row.desiredRevision} keeps its share of the traffic and is neither promoted nor rolled back.` : `The canary was resumed by ${actor.label}.` },
      audit: { action: paused ? "deployment.canary.pause" : "deployment.canary.resume", detail: { revision: row.desiredRevision } },
    };
  });
  return getDeployment(projectId, slug);
}
