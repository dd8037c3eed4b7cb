import { HttpMethod, type KubeConfig, RequestContext } from "@kubernetes/client-node";
import { fetch } from "undici";

export type KubeAnswer = { status: number; body: unknown };

/** What of an answer is read at most: a list of a big cluster, and no endless stream. */
const MAX_BYTES = 32 * 1024 * 1024;

/** One JSON request to the API server. Any HTTP status is an answer; rejects where none came. */
export async function kubeRequest(kc: KubeConfig, path: string, options: { method?: "GET" | "POST"; body?: unknown; timeoutMs?: number } = {}): Promise<KubeAnswer> {
  const { method = "GET", body, timeoutMs = 15_000 } = options;
  const server = kc.getCurrentCluster()?.server;
  if (!server) throw new Error("no current cluster");
  const context = new RequestContext(server + path, method === "GET" ? HttpMethod.GET : HttpMethod.POST);
  context.setHeaderParam("Accept", "application/json");
  if (body !== undefined) context.setHeaderParam("Content-Type", "application/json");
  await kc.applySecurityAuthentication(context);
  const response = await fetch(context.getUrl(), {
    method, headers: context.getHeaders(), dispatcher: context.getDispatcher(), body: body === undefined ? undefined : JSON.stringify(body), redirect: "error", signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, body: parse(await readText(response.body)) };
}

async function readText(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > MAX_BYTES) throw new Error("the answer is too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
