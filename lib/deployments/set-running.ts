import type { Actor } from "@/lib/auth/actor";
import { gateChange } from "@/lib/budgets/gate-change";
import { db, type Tx } from "@/lib/db/client";
import { changeDeploymentIn, type Approved, type Locked } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import type { Profile } from "@/lib/profiles/schema";

/** Stops (no replica runs, nothing is lost) or starts a deployment. Already so is success. */
export async function setRunning(actor: Actor, projectId: string, slug: string, running: boolean) {
  await db().$transaction((tx) => setRunningIn(tx, actor, projectId, slug, running, null));
  return getDeployment(projectId, slug);
}

/** As setRunning, in a transaction that has more to do. `approved`: on whose request somebody else said yes. */
export async function setRunningIn(tx: Tx, actor: Actor, projectId: string, slug: string, running: boolean, approved: Approved | null): Promise<void> {
  const desiredState = running ? "running" as const : "stopped" as const;
  await changeDeploymentIn(tx, actor, projectId, slug, null, async (_tx, row) => {
    if (row.desiredState === desiredState) return null;
    if (running) await gateStart(tx, actor, projectId, row, approved);
    const whose = approved ? `${approved.by}, approved by ${actor.label}` : actor.label;
    return {
      data: { desiredState },
      event: { reason: running ? "Starting" : "Stopping", message: `${running ? "Start" : "Stop"} asked for by ${whose}.` },
      audit: { action: running ? "deployment.start" : "deployment.stop", detail: approved ? { requestedBy: approved.by } : {} },
    };
  });
}

async function gateStart(tx: Tx, actor: Actor, projectId: string, row: Locked, approved: Approved | null): Promise<void> {
  const { profile } = await tx.revision.findUniqueOrThrow({ where: { deploymentId_number: { deploymentId: row.id, number: row.desiredRevision } }, select: { profile: true } });
  await gateChange(tx, actor, {
    projectId, environmentId: row.environmentId, deployment: { id: row.id, generation: row.generation }, somethingNew: false,
    after: { profile: profile as unknown as Profile, min: row.minReplicas, max: row.maxReplicas },
  }, approved !== null);
}
