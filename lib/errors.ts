/**
 * Every error the domain throws on purpose, and the HTTP status each code becomes at the edge (lib/api/problem.ts).
 * Codes are part of the public API: they never change meaning, only new ones are added.
 */
export const STATUS_BY_CODE = {
  invalid_request: 400,
  digest_mismatch: 400,
  upload_incomplete: 400,
  unauthenticated: 401,
  forbidden: 403,
  approval_required: 403,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  already_exists: 409,
  request_in_progress: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected_request: 421,
  model_refused: 422,
  model_quarantined: 422,
  unprocessable: 422,
  over_budget: 422,
  idempotency_mismatch: 422,
  blocked_address: 422,
  upload_locked: 423,
  precondition_required: 428,
  rate_limited: 429,
  internal: 500,
  bad_gateway: 502,
  not_ready: 503,
  queue_full: 503,
  disk_full: 507,
  quota_exceeded: 507,
} as const;

export type ErrorCode = keyof typeof STATUS_BY_CODE;

export type FieldError = { path: string; message: string };

export type AppErrorOptions = {
  cause?: unknown;
  /** Per-field messages for a form; paths are dotted, as in `scaling.max`. */
  fields?: FieldError[];
  /** Seconds after which the same call may succeed; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** Extra public members of the problem document. Never secrets. */
  extra?: Record<string, unknown>;
};

/** `message` is shown to the caller: it says what happened and what to do. The cause is logged and never shown. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: FieldError[];
  readonly retryAfterSeconds?: number;
  readonly extra?: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.extra = options.extra;
  }

  get status(): number {
    return STATUS_BY_CODE[this.code];
  }
}

/** The one answer for what does not exist and for what the caller may not see: the two are indistinguishable. */
export const notFound = (noun: string) => new AppError("not_found", `There is no such ${noun}, or you have no access to it.`);
