import { AppError, STATUS_BY_CODE, type ErrorCode } from "@/lib/errors";

const TITLES: Partial<Record<ErrorCode, string>> = {
  invalid_request: "The request is not valid", unauthenticated: "Sign in or send a token", forbidden: "Not allowed", not_found: "Not found",
  already_exists: "It exists already", rate_limited: "Too many requests", internal: "Something went wrong on our side", precondition_failed: "It changed in the meantime",
  precondition_required: "If-Match is required", model_refused: "The model was refused", quota_exceeded: "The quota is used up", disk_full: "The disk is full", approval_required: "Somebody has to approve it", over_budget: "Over the budget",
};

/** RFC 9457 document of an error. What is not an AppError is an internal error: its cause is logged by the caller, never shown. */
export function problemOf(error: unknown, requestId: string) {
  const known = error instanceof AppError ? error : new AppError("internal", "An unexpected error happened. It was logged; quote the request id when you report it.", { cause: error });
  return {
    status: STATUS_BY_CODE[known.code],
    retryAfterSeconds: known.retryAfterSeconds,
    body: {
      type: `/docs/problems#${known.code}`,
      title: TITLES[known.code] ?? known.code.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase()),
      status: STATUS_BY_CODE[known.code],
      code: known.code,
      detail: known.message,
      requestId,
      ...(known.fields ? { errors: known.fields } : {}),
      ...known.extra,
    },
  };
}

export function problemResponse(error: unknown, requestId: string): Response {
  const { status, body, retryAfterSeconds } = problemOf(error, requestId);
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store", "x-request-id": requestId };
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterSeconds)));
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="slipway"';
  return new Response(JSON.stringify(body), { status, headers });
}
