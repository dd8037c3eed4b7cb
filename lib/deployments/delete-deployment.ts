import type { Actor } from "@/lib/auth/actor";
import { changeDeployment } from "@/lib/deployments/change-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** Deletion is desired state too: the row goes once the target holds nothing any more. Asking again changes nothing. */
export async function deleteDeployment(actor: Actor, projectId: string, slug: string): Promise<DeploymentDto> {
  // Read first: a quick worker may have taken the row away before we could read it again.
  const { deployment } = await getDeployment(projectId, slug);
  await changeDeployment(actor, projectId, slug, null, async (_tx, row) => row.desiredState === "deleted" ? null : {
    data: { desiredState: "deleted", phase: "Deleting" },
    event: { reason: "Deleting", message: `Deletion asked for by ${actor.label}.` },
    audit: { action: "deployment.delete" },
  });
  return { ...deployment, desiredState: "deleted", phase: "Deleting", status: { ...deployment.status, phase: "Deleting" } };
}
