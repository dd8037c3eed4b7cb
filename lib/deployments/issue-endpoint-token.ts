import type { Actor } from "@/lib/auth/actor";
import { edgeToken } from "@/lib/edge-tokens/edge-token";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { AppError } from "@/lib/errors";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";
import { targetOf } from "@/lib/targets/registry";

/** A short-lived token for a program that calls a deployment's own endpoint on a cluster. Throws unprocessable on the local target, whose gateway takes API tokens. */
export async function issueEndpointToken(actor: Actor, projectId: string, slug: string, now: Date) {
  const d = await findDeployment(projectId, slug);
  if (d.target.kind === "local") throw new AppError("unprocessable", "The local target takes API tokens with the scope predict; no other token is needed.");
  const endpoint = await targetOf(d.target).endpoint({ id: d.id, project: d.project.slug, projectId, deployment: slug });
  return { ...(await edgeToken(settingsOf(d.target), d.id, `${actor.kind}:${actor.id}`, now)), url: endpoint?.url ?? null };
}
