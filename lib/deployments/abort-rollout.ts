import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import { AppError } from "@/lib/errors";

/** Gives up a canary or a rolling change: the revision that serves goes on with everything. Throws conflict when none is under way. */
export async function abortRollout(actor: Actor, projectId: string, slug: string) {
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => {
    if (row.stableRevision === null || row.stableRevision === row.desiredRevision) throw new AppError("conflict", "There is no change under way that could be given up.");
    return {
      data: { desiredRevision: row.stableRevision, ...NO_CANARY },
      event: { reason: "Aborted", message: `The change to revision ${row.desiredRevision} was given up by ${actor.label}; revision ${row.stableRevision} goes on serving.` },
      audit: { action: "deployment.abort", detail: { from: row.desiredRevision, to: row.stableRevision } },
    };
  });
  return getDeployment(projectId, slug);
}
