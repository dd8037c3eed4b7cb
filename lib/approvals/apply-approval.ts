import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import type { Approval } from "@/lib/db/generated/client";
import { createDeploymentIn } from "@/lib/deployments/create-deployment";
import { createDeploymentSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { setRunningIn } from "@/lib/deployments/set-running";
import { updateDeploymentIn } from "@/lib/deployments/update-deployment";
import { AppError } from "@/lib/errors";

/** Makes the change a request asked for, as whoever asked; validated anew, since the schema may have moved on. Throws what the change throws. */
export async function applyApproval(tx: Tx, actor: Actor, row: Approval): Promise<void> {
  const approved = { byId: row.requestedById, by: row.requestedBy };
  switch (row.action) {
    case "create": return createDeploymentIn(tx, actor, row.projectId, createDeploymentSchema.parse(row.body), approved);
    case "update": return updateDeploymentIn(tx, actor, row.projectId, row.deploymentSlug, await stillAt(tx, row), updateDeploymentSchema.parse(row.body), approved);
    case "start": return setRunningIn(tx, actor, row.projectId, row.deploymentSlug, true, approved);
    default: throw new Error(`an approval of the unknown action ${row.action}`);
  }
}

/** What was asked for rests on what was there: a deployment that changed since is to be looked at anew. */
async function stillAt(tx: Tx, row: Approval): Promise<string> {
  const now = await tx.deployment.findUnique({ where: { projectId_slug: { projectId: row.projectId, slug: row.deploymentSlug } }, select: { generation: true } });
  if (now?.generation !== row.generation) throw new AppError("conflict", "The deployment has changed since this was asked for. Decline it; who wants the change still can ask again.");
  return `g${row.generation}`;
}
