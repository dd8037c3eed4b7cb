import { AppError, type ErrorCode } from "@/lib/errors";

const CODE_BY_STATUS: Record<number, ErrorCode> = {
  400: "invalid_request", 403: "invalid_request", 404: "not_found", 405: "method_not_allowed", 409: "conflict", 410: "gone",
  412: "precondition_failed", 413: "too_large", 415: "unsupported_media_type", 423: "upload_locked", 501: "invalid_request",
};

/** An error of the protocol's library as one of ours. Its sentences are fit to show; those of anything else are not. */
export function tusError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { status_code: status, body } = error as { status_code?: number; body?: string };
  const code = status === undefined ? undefined : CODE_BY_STATUS[status];
  if (!code) return new AppError("internal", "Something went wrong while receiving the upload. Ask for the offset and go on from there.", { cause: error });
  return new AppError(code, (body ?? "").trim() || "The upload request is not valid.", { extra: { tusStatus: status } });
}

/** problem+json that keeps the protocol's own headers (Tus-Resumable, Upload-Offset …). */
export function problemResponse(error: AppError, status: number, from: Headers, withoutBody = false): Response {
  const headers = new Headers(from);
  headers.delete("content-length");
  headers.set("content-type", "application/problem+json");
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  const { tusStatus: _status, ...extra } = error.extra ?? {};
  const body = { type: "about:blank", title: error.code.replaceAll("_", " "), status, detail: error.message, code: error.code, ...(error.fields && { errors: error.fields }), ...extra };
  return new Response(withoutBody ? null : JSON.stringify(body), { status, headers });
}
