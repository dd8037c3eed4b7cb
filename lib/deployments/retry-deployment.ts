import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";

/** Tries the desired revision again after it was given up: failures so far no longer count. */
export async function retryDeployment(actor: Actor, projectId: string, slug: string) {
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => ({
    data: {}, event: { reason: "Retrying", message: `Another try of revision ${row.desiredRevision} asked for by ${actor.label}.` },
    audit: { action: "deployment.retry", detail: { revision: row.desiredRevision } },
  }));
  return getDeployment(projectId, slug);
}
