import { Readable } from "node:stream";
import { Agent, request as send } from "undici";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { clusterEdgeConnector, reachEndpoint } from "@/lib/deployments/reach-endpoint";
import { AppError } from "@/lib/errors";

let edges: Agent | undefined;
const clusterEdges = (): Agent => (edges ??= new Agent({ connections: 64, connect: clusterEdgeConnector() }));

const PASSED_ON = ["content-type", "inference-header-content-length", "accept"];
const PASSED_BACK = ["content-type", "inference-header-content-length", "retry-after", "x-slipway-queue-ms", "x-slipway-compute-ms", "x-slipway-revision", "x-slipway-replica"];

/**
 * Sends an inference request to the deployment's endpoint, on whatever target, and streams the answer back. `revision` addresses
 * one revision instead of what the weights choose.
 */
export async function predict(projectId: string, slug: string, revision: number | undefined, request: Request): Promise<Response> {
  const deployment = await findDeployment(projectId, slug);
  const { url, bearer, local } = await reachEndpoint(deployment, revision);
  const headers = Object.fromEntries(PASSED_ON.flatMap((name) => (request.headers.has(name) ? [[name, request.headers.get(name)!]] : [])));
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
