import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import { AppError, notFound } from "@/lib/errors";

/** Wants an earlier revision again, as it is: nothing is copied. It takes over as any revision does, without a failed request. */
export async function rollBack(actor: Actor, projectId: string, slug: string, revision: number) {
  await changeDeployment(actor, projectId, slug, null, async (tx, row) => {
    const found = await tx.revision.findUnique({ where: { deploymentId_number: { deploymentId: row.id, number: revision } }, select: { version: { select: { number: true, state: true } } } });
    if (!found) throw notFound("revision");
    if (found.version.state === "quarantined") throw new AppError("model_quarantined", `Version ${found.version.number} of that revision may not run: it carries code and is not approved.`);
    if (row.desiredRevision === revision && row.canaryWeight === null) return null;
    return {
      data: { desiredRevision: revision, ...NO_CANARY }, event: { reason: "RolledBack", message: `Rolled back to revision ${revision} by ${actor.label}.` },
      audit: { action: "deployment.rollback", detail: { from: row.desiredRevision, to: revision } },
    };
  });
  return getDeployment(projectId, slug);
}
