import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import { AppError } from "@/lib/errors";

/** Gives the canary all the traffic. Throws conflict when there is none. */
export async function promoteCanary(actor: Actor, projectId: string, slug: string) {
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => {
    if (row.canaryWeight === null) throw new AppError("conflict", "There is no canary to promote.");
    return {
      data: NO_CANARY, event: { reason: "CanaryPromoted", message: `Revision ${row.desiredRevision} promoted by ${actor.label}.` },
      audit: { action: "deployment.promote", detail: { revision: row.desiredRevision } },
    };
  });
  return getDeployment(projectId, slug);
}
