import { Readable } from "node:stream";
import { Agent, request as send } from "undici";
import { internalPredictToken } from "@/lib/auth/internal-token";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { edgeToken } from "@/lib/edge-tokens/edge-token";
import { AppError } from "@/lib/errors";
import { guardedConnector, systemLookup } from "@/lib/net/guarded-connector";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";
import { targetOf } from "@/lib/targets/registry";

let edges: Agent | undefined;
/** A cluster's edge may be private, but is never a metadata service or a link-local address: what a route names is vetted at each connection. */
const clusterEdges = (): Agent => (edges ??= new Agent({ connections: 64, connect: guardedConnector({ check: (to) => whyNoApiServer({ ...to, protocol: "https:" }), rule: "An endpoint may be private, but never a metadata service or a link-local address." }, systemLookup, 10_000, () => undefined) }));

const PASSED_ON = ["content-type", "inference-header-content-length", "accept"];
const PASSED_BACK = ["content-type", "inference-header-content-length", "retry-after", "x-slipway-queue-ms", "x-slipway-compute-ms", "x-slipway-revision", "x-slipway-replica"];

/**
 * Sends an inference request to the deployment's endpoint, on whatever target, and streams the answer back. `revision` addresses
 * one revision instead of what the weights choose.
 */
export async function predict(projectId: string, slug: string, revision: number | undefined, request: Request): Promise<Response> {
  const deployment = await findDeployment(projectId, slug);
  const endpoint = await targetOf(deployment.target).endpoint({ id: deployment.id, project: deployment.project.slug, projectId, deployment: slug });
  if (!endpoint) throw new AppError("not_ready", deployment.target.kind === "local" ? "The deployment has no endpoint yet. Wait until it is ready." : "The deployment has no endpoint: it is not ready yet, or no gateway is set for its target.", { retryAfterSeconds: 2 });
  const url = `${endpoint.url}${revision === undefined ? "" : `@${revision}`}/v2/models/${encodeURIComponent(slug)}/infer`;
  const headers = Object.fromEntries(PASSED_ON.flatMap((name) => (request.headers.has(name) ? [[name, request.headers.get(name)!]] : [])));
  const local = deployment.target.kind === "local";
  // What opens the gateway never leaves this machine: a cluster gets a token for this one deployment, and a public one none.
  const bearer = local ? internalPredictToken() : endpoint.auth === "none" ? null : (await edgeToken(settingsOf(deployment.target), deployment.id, "portal", new Date())).token;
  const started = performance.now();
  const answer = await send(url, {
    method: "POST", body: request.body ? Readable.fromWeb(request.body as never) : null, signal: request.signal,
    headers: { ...headers, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) }, headersTimeout: 120_000, bodyTimeout: 120_000, ...(local ? {} : { dispatcher: clusterEdges() }),
  }).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad_gateway", "The deployment's endpoint could not be reached. Its page shows what is wrong.", { cause });
  });
  const back = new Headers({ "cache-control": "no-store", "x-slipway-upstream-ms": (performance.now() - started).toFixed(3) });
  for (const name of PASSED_BACK) {
    const value = answer.headers[name];
    if (typeof value === "string") back.set(name, value);
  }
  return new Response(Readable.toWeb(answer.body) as ReadableStream<Uint8Array>, { status: answer.statusCode, headers: back });
}
