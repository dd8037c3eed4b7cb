import type { IncomingMessage } from "node:http";
import { ROUTE_EXCEPTIONS } from "@/lib/api/exceptions";

/** Request headers that only Next itself may set: from outside they have opened doors before, so they never come in. */
const INTERNAL = /^(x-middleware-|x-nextjs-|x-invoke-|x-now-|x-vercel-|x-matched-path$|x-slipway-socket-address$|x-nonce$|content-security-policy|next-action$|next-resume$)/;

/** Next's own documents for faults: reachable by their names, they would answer 500 without any. */
const NEXT_DOCUMENTS = /^\/_(global-error|error|document|app)(?![\w-])/;
/** What may be changed at outside of /api. A page only ever answers GET: no form post or action reaches Next's decoder of them. */
const CHANGEABLE = ROUTE_EXCEPTIONS.filter((e) => !e.path.startsWith("/api/") && e.methods.some((m) => m !== "GET")).map((e) => e.path);

const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

export type Refusal = { status: 400 | 404 | 405 | 421; code: "invalid_request" | "not_found" | "method_not_allowed" | "misdirected_request"; detail: string };

/**
 * Looks at a request before anything else does: the Host must be one of ours (DNS rebinding, forged links), the target must be
 * a path (no absolute URI that a proxy would follow), and headers that Next trusts from itself are taken out.
 */
export function admitRequest(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  if (!request.url?.startsWith("/") || request.url.startsWith("//")) return { status: 400, code: "invalid_request", detail: "The request target must be a path." };
  const host = request.headers.host?.toLowerCase();
  if (!host || !hosts.has(host)) {
    return { status: 421, code: "misdirected_request", detail: "This host name is not served here. Set SLIPWAY_BASE_URL or SLIPWAY_ALLOWED_HOSTS to the name you use." };
  }
  const path = request.url.split(/[?#]/)[0]!;
  if (!readable(request.url)) return { status: 400, code: "invalid_request", detail: "The address has bytes that are not text: percent signs, UTF-8 or a NUL." };
  if (NEXT_DOCUMENTS.test(path)) return { status: 404, code: "not_found", detail: "There is nothing at this address." };
  // TRACE and the like cannot even be made a Request of: Next would answer 500.
  if (!METHODS.has(request.method ?? "")) return { status: 405, code: "method_not_allowed", detail: "This method is not served here." };
  if (request.method !== "GET" && request.method !== "HEAD" && !path.startsWith("/api/") && !CHANGEABLE.includes(path)) {
    return { status: 405, code: "method_not_allowed", detail: "Pages are only read. Changes go to the REST API under /api/v1." };
  }
  for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
  return null;
}

/** Whether an address decodes to text. What does not would fail deeper in, as an error of ours: Next's router, PostgreSQL's text. */
function readable(url: string): boolean {
  try {
    return !decodeURIComponent(url.split("?")[0]!).includes("\u0000") && !/%00/.test(url);
  } catch {
    return false;
  }
}
