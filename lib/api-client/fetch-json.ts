import { ApiProblem, networkProblem, readProblem, timeoutProblem } from "@/lib/api-client/api-problem";
import { Late, withinLimit } from "@/lib/api-client/within-limit";

export { ApiProblem } from "@/lib/api-client/api-problem";

export type FetchOptions = {
  /** Default: GET, or POST where there is a body. */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** How long the answer, with its body, is waited for; LIMIT_MS says what is usual. null: as long as it takes. */
  limitMs?: number | null;
  /** An ETag as fetchWithEtag gave it, without quotes. */
  ifMatch?: string | null;
  /** The same key for each try of one change: crypto.randomUUID() when the form opens. */
  idempotencyKey?: string;
};

/** `read`: what Slipway knows itself; `change`: changes, and questions that have a body; `elsewhere`: where the server waits for others (a cluster's check, a registry, AWS), above what it allows them. */
export const LIMIT_MS = { read: 30_000, change: 60_000, elsewhere: 180_000 } as const;

/** Sent on `window` when the API says that the session is over; the portal's frame then leads to signing in. */
export const SIGNED_OUT_EVENT = "slipway:signed-out";

/**
 * Calls the REST API from a client component, with the session's cookie. `path` begins with `/api/`. Resolves to the body, or
 * undefined where the answer has none (204). Rejects with ApiProblem, also where no answer came in time; with the AbortError when `signal` aborted it.
 */
export async function fetchJson<T>(path: string, options: FetchOptions = {}): Promise<T> {
  return (await fetchWithEtag<T>(path, options)).data;
}

/** As fetchJson, with the answer's ETag for a later `ifMatch`; null where there is none. */
export async function fetchWithEtag<T>(path: string, options: FetchOptions = {}): Promise<{ data: T; etag: string | null; status: number }> {
  // Same origin only: a path from data must never carry the cookie's power elsewhere.
  if (!path.startsWith("/api/")) throw new TypeError(`not a path of the API: ${path}`);
  const method = options.method ?? (options.body === undefined ? "GET" : "POST");
  const limitMs = options.limitMs === undefined ? (method === "GET" ? LIMIT_MS.read : LIMIT_MS.change) : options.limitMs;
  try {
    return await withinLimit(limitMs, options.signal, async (signal) => {
      const response = await send(path, method, options, signal);
      if (!response.ok) throw await readProblem(response);
      const etag = response.headers.get("etag")?.replace(/^W\//, "").replaceAll('"', "") ?? null;
      return { data: await readBody<T>(response), etag, status: response.status };
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    if (cause instanceof Late) throw timeoutProblem(limitMs!, method !== "GET", cause);
    if (!(cause instanceof ApiProblem)) throw networkProblem(cause);
    if (cause.code === "unauthenticated" && typeof window !== "undefined") window.dispatchEvent(new Event(SIGNED_OUT_EVENT));
    throw cause;
  }
}

async function send(path: string, method: string, { body, ifMatch, idempotencyKey }: FetchOptions, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch) headers["if-match"] = `"${ifMatch}"`;
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  return await fetch(path, { method, headers, signal, credentials: "same-origin", cache: "no-store", redirect: "error", body: body === undefined ? undefined : JSON.stringify(body) });
}

async function readBody<T>(response: Response): Promise<T> {
  const text = await response.text();
  try {
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (cause) {
    throw new ApiProblem({ status: response.status, code: "unreadable", detail: "The server's answer could not be read. Reload the page and try again.", cause });
  }
}
