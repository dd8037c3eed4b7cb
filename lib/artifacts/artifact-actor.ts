import { deploymentOfToken } from "@/lib/artifacts/artifact-token";
import { deploymentOfDownloadToken } from "@/lib/artifacts/download-token";
import { ANONYMOUS, type Actor } from "@/lib/auth/actor";
import { bearerOf } from "@/lib/auth/tokens";
import { AppError } from "@/lib/errors";

/**
 * Who asks for a deployment's files: its pods, by a token that says which deployment and gives no right to anything else. Such a token
 * is no API token: it is refused everywhere but here.
 */
export function artifactActor(request: Request, kind: "artifact" | "download", now: Date = new Date()): Actor {
  const token = bearerOf(request.headers.get("authorization"));
  const id = token === null ? null : kind === "artifact" ? deploymentOfToken(token) : deploymentOfDownloadToken(token, now);
  if (id === null) {
    throw new AppError("unauthenticated", kind === "artifact" ? "Send the deployment's artifact token as `Authorization: Bearer sla_…`." : "This download token is unknown or its time is over. Exchange the artifact token again.");
  }
  return { ...ANONYMOUS, kind: "token", id: `deployment:${id}`, label: `pod of deployment ${id}` };
}

export const deploymentOfActor = (actor: Actor): string => actor.id.slice("deployment:".length);
