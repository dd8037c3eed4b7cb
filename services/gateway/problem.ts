import type { ServerResponse } from "node:http";
import { STATUS_BY_CODE, type ErrorCode } from "@/lib/errors";

const TITLES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Sign in", forbidden: "Not allowed", not_found: "Not found", not_ready: "Not ready", queue_full: "Queue full",
  bad_gateway: "The replica was lost", invalid_request: "Invalid request", misdirected_request: "Wrong host", method_not_allowed: "Method not allowed", internal: "Internal error",
};

/** An RFC 9457 answer. `detail` says what happened and what to do. */
export function sendProblem(res: ServerResponse, code: ErrorCode, detail: string, retryAfterSeconds?: number): void {
  if (res.headersSent) return void res.destroy();
  const status = STATUS_BY_CODE[code];
  const body = JSON.stringify({ type: "about:blank", title: TITLES[code] ?? code, status, code, detail });
  const headers: Record<string, string | number> = { "content-type": "application/problem+json", "content-length": Buffer.byteLength(body), "cache-control": "no-store", "x-content-type-options": "nosniff" };
  if (retryAfterSeconds !== undefined) headers["retry-after"] = retryAfterSeconds;
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="slipway"';
  if (!res.req.complete) headers.connection = "close";
  res.writeHead(status, headers).end(body);
}
