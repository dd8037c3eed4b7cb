import { internalPredictToken } from "@/lib/auth/internal-token";
import type { findDeployment } from "@/lib/deployments/find-deployment";
import { edgeToken } from "@/lib/edge-tokens/edge-token";
import { AppError } from "@/lib/errors";
import { guardedConnector, systemLookup } from "@/lib/net/guarded-connector";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";
import { targetOf } from "@/lib/targets/registry";

type Deployment = Pick<Awaited<ReturnType<typeof findDeployment>>, "id" | "slug" | "projectId" | "project" | "target">;

/** A cluster's edge may be private, but is never a metadata service or a link-local address: what a route names is vetted at each connection. */
export const clusterEdgeConnector = () => guardedConnector({ check: (to) => whyNoApiServer({ ...to, protocol: "https:" }), rule: "An endpoint may be private, but never a metadata service or a link-local address." }, systemLookup, 10_000, () => undefined);

/** Where a deployment's predictions are asked for, and what lets Slipway in. `revision` addresses one instead of what the weights choose. Throws not_ready where there is no endpoint. */
export async function reachEndpoint({ id, slug, projectId, project, target }: Deployment, revision: number | undefined): Promise<{ url: string; bearer: string | null; local: boolean }> {
  const local = target.kind === "local";
  const endpoint = await targetOf(target).endpoint({ id, project: project.slug, projectId, deployment: slug });
  if (!endpoint) throw new AppError("not_ready", local ? "The deployment has no endpoint yet. Wait until it is ready." : "The deployment has no endpoint: it is not ready yet, or no gateway is set for its target.", { retryAfterSeconds: 2 });
  const url = `${endpoint.url}${revision === undefined ? "" : `@${revision}`}/v2/models/${encodeURIComponent(slug)}/infer`;
  // What opens the gateway never leaves this machine: a cluster gets a token for this one deployment, and a public one none.
  const bearer = local ? internalPredictToken() : endpoint.auth === "none" ? null : (await edgeToken(settingsOf(target), id, "portal", new Date())).token;
  return { url, bearer, local };
}
