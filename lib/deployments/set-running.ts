import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";

/** Stops (no replica runs, nothing is lost) or starts a deployment. Already so is success. */
export async function setRunning(actor: Actor, projectId: string, slug: string, running: boolean) {
  const desiredState = running ? "running" as const : "stopped" as const;
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => row.desiredState === desiredState ? null : {
    data: { desiredState },
    event: { reason: running ? "Starting" : "Stopping", message: `${running ? "Start" : "Stop"} asked for by ${actor.label}.` },
    audit: { action: running ? "deployment.start" : "deployment.stop" },
  });
  return getDeployment(projectId, slug);
}
