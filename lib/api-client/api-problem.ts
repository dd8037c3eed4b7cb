import type { ErrorCode, FieldError } from "@/lib/errors";

/** `network`: no answer came; `timed_out`: none came in time; `unreadable`: an answer that is not ours (a proxy's page); otherwise the API's stable code. */
export type ProblemCode = ErrorCode | "network" | "timed_out" | "unreadable";

type Parts = { status: number; code: ProblemCode; detail: string; fields?: FieldError[]; retryAfterSeconds?: number; requestId?: string; extra?: Record<string, unknown>; cause?: unknown };

/** A call that did not succeed. `message` and `detail` are the same sentence, fit to be shown; `status` is 0 where no answer came. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  /** Messages for the fields of a form; paths are dotted, as in `scaling.max`. */
  readonly fields: FieldError[];
  /** Seconds after which the same call may succeed. */
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;
  /** Further public members of the problem document. */
  readonly extra: Record<string, unknown>;

  constructor(parts: Parts) {
    super(parts.detail, { cause: parts.cause });
    this.name = "ApiProblem";
    this.status = parts.status;
    this.code = parts.code;
    this.detail = parts.detail;
    this.fields = parts.fields ?? [];
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
    this.requestId = parts.requestId || null;
    this.extra = parts.extra ?? {};
  }
}

const WORDS_OF_STATUS: Record<number, string> = {
  404: "This does not exist any more, or you have no access to it.",
  413: "This is too large to be sent.",
  502: "Slipway could not be reached behind its proxy. Try again in a moment.",
  503: "Slipway is starting or busy. Try again in a moment.",
  504: "Slipway took too long to answer. Try again in a moment.",
};

/** The problem that an answer tells. Where the body is not a problem document, plain words for its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const wait = Number(response.headers.get("retry-after"));
  const retryAfterSeconds = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  const document: unknown = await response.json().catch(() => null);
  if (!isProblem(document)) {
    const detail = WORDS_OF_STATUS[response.status] ?? `The server answered in a way this page does not understand (HTTP ${response.status}). Try again in a moment.`;
    return new ApiProblem({ status: response.status, code: "unreadable", detail, retryAfterSeconds });
  }
  const { type: _type, title: _title, status: _status, code, detail, requestId, errors, ...extra } = document;
  return new ApiProblem({ status: response.status, code: code as ErrorCode, detail, fields: errors, retryAfterSeconds, requestId, extra });
}

/** The problem of a call to which no answer came. */
export const networkProblem = (cause: unknown): ApiProblem =>
  new ApiProblem({ status: 0, code: "network", detail: "Slipway could not be reached. Check the connection and whether Slipway is running, then try again.", cause });

/** The problem of a call whose answer was waited for as long as is sensible. A change may have been made all the same. */
export const timeoutProblem = (limitMs: number, change: boolean, cause: unknown): ApiProblem =>
  new ApiProblem({ status: 0, code: "timed_out", detail: `Slipway did not answer within ${limitMs / 1000} s. ${change ? "What was asked for may have been done all the same: reload the page and look before you try again." : "It is busy, or hangs; this is read again by itself."}`, cause });

type ProblemDocument = { type?: unknown; title?: unknown; status?: unknown; code: string; detail: string; requestId?: string; errors?: FieldError[]; [member: string]: unknown };

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string" && "detail" in value && typeof value.detail === "string";
}
