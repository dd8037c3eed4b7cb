import { ApiProblem, networkProblem, readProblem } from "@/lib/api-client/api-problem";

export { ApiProblem } from "@/lib/api-client/api-problem";

export type FetchOptions = {
  /** Default: GET, or POST where there is a body. */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** An ETag as fetchWithEtag gave it, without quotes. */
  ifMatch?: string | null;
  /** The same key for each try of one change: crypto.randomUUID() when the form opens. */
  idempotencyKey?: string;
};

/** Sent on `window` when the API says that the session is over; the portal's frame then leads to signing in. */
export const SIGNED_OUT_EVENT = "slipway:signed-out";

/**
 * Calls the REST API from a client component, with the session's cookie. `path` begins with `/api/`. Resolves to the body, or
 * undefined where the answer has none (204). Rejects with ApiProblem; with the AbortError when `signal` aborted it.
 */
export async function fetchJson<T>(path: string, options: FetchOptions = {}): Promise<T> {
  return (await fetchWithEtag<T>(path, options)).data;
}

/** As fetchJson, with the answer's ETag for a later `ifMatch`; null where there is none. */
export async function fetchWithEtag<T>(path: string, options: FetchOptions = {}): Promise<{ data: T; etag: string | null; status: number }> {
  const response = await send(path, options);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.code === "unauthenticated" && typeof window !== "undefined") window.dispatchEvent(new Event(SIGNED_OUT_EVENT));
    throw problem;
  }
  const etag = response.headers.get("etag")?.replace(/^W\//, "").replaceAll('"', "") ?? null;
  return { data: await readBody<T>(response, options.signal), etag, status: response.status };
}

async function send(path: string, { method, body, signal, ifMatch, idempotencyKey }: FetchOptions): Promise<Response> {
  // Same origin only: a path from data must never carry the cookie's power elsewhere.
  if (!path.startsWith("/api/")) throw new TypeError(`not a path of the API: ${path}`);
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch) headers["if-match"] = `"${ifMatch}"`;
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  try {
    return await fetch(path, {
      method: method ?? (body === undefined ? "GET" : "POST"), headers, signal, credentials: "same-origin", cache: "no-store", redirect: "error",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw networkProblem(cause);
  }
}

async function readBody<T>(response: Response, signal?: AbortSignal): Promise<T> {
  try {
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    if (cause instanceof SyntaxError) throw new ApiProblem({ status: response.status, code: "unreadable", detail: "The server's answer could not be read. Reload the page and try again.", cause });
    throw networkProblem(cause);
  }
}
