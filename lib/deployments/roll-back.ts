import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { requireApprovedImage } from "@/lib/deployments/approved-image";
import { changeDeploymentIn } from "@/lib/deployments/change-deployment";
import type { RevisionConfig } from "@/lib/deployments/check-revision";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import { AppError, notFound } from "@/lib/errors";

/** Wants an earlier revision again, as it is: nothing is copied. It takes over as any revision does, without a failed request. */
export async function rollBack(actor: Actor, projectId: string, slug: string, revision: number) {
  await db().$transaction((tx) => rollBackIn(tx, actor, projectId, slug, revision));
  return getDeployment(projectId, slug);
}

/** As rollBack, in a transaction that has more to do. */
export async function rollBackIn(tx: Tx, actor: Actor, projectId: string, slug: string, revision: number): Promise<void> {
  await changeDeploymentIn(tx, actor, projectId, slug, null, async (_tx, row) => {
    const found = await tx.revision.findUnique({ where: { deploymentId_number: { deploymentId: row.id, number: revision } }, select: { config: true, version: { select: { number: true, state: true } } } });
    if (!found) throw notFound("revision");
    if (found.version.state === "quarantined") throw new AppError("model_quarantined", `Version ${found.version.number} of that revision may not run: it carries code and is not approved.`);
    await requireApprovedImage(tx, projectId, (found.config as RevisionConfig).image);
    if (row.desiredRevision === revision && row.canaryWeight === null) return null;
    return {
      data: { desiredRevision: revision, ...NO_CANARY }, event: { reason: "RolledBack", message: `Rolled back to revision ${revision} by ${actor.label}.` },
      audit: { action: "deployment.rollback", detail: { from: row.desiredRevision, to: revision } },
    };
  });
}
