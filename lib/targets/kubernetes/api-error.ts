import { AppError } from "@/lib/errors";
import { whyUnreachable } from "@/lib/targets/kubernetes/why-unreachable";

type Status = { message?: string; reason?: string; details?: { kind?: string; name?: string; causes?: { reason?: string; message?: string; field?: string }[] } };

/** The API server's refusal, as it put it. Becomes an AppError at the edge of the target. */
export class KubeApiError extends Error {
  readonly reason: string;
  readonly causes: { reason: string; message: string; field: string }[];

  constructor(readonly status: number, readonly what: string, body: unknown) {
    const s = (typeof body === "object" && body !== null ? body : {}) as Status;
    super(s.message ?? `The API server answered ${status}.`);
    this.name = "KubeApiError";
    this.reason = s.reason ?? "";
    this.causes = (s.details?.causes ?? []).map((c) => ({ reason: c.reason ?? "", message: c.message ?? "", field: c.field ?? "" }));
  }
}

export const isStatus = (error: unknown, ...statuses: number[]): boolean => error instanceof KubeApiError && statuses.includes(error.status);

/** Fields of ours that somebody else has, by who has them. `applies`: by server-side apply too, so both would set them for ever. */
export type FieldConflict = { manager: string; applies: boolean; field: string };

/**
 * The conflicts that a refused apply names; null when it was refused for another reason. The server's words are
 * `conflict with "kubectl-edit" using apps/v1` for who once wrote a field, and `conflict with "argocd"` for who applies it.
 */
export function fieldConflicts(error: unknown): FieldConflict[] | null {
  if (!(error instanceof KubeApiError) || error.status !== 409) return null;
  const conflicts = error.causes.filter((c) => c.reason === "FieldManagerConflict");
  if (conflicts.length === 0) return null;
  return conflicts.map((c) => ({ manager: /conflict with "((?:[^"\\]|\\.)*)"/.exec(c.message)?.[1] ?? "unknown", applies: !/ using \S/.test(c.message), field: c.field }));
}

/** In words for whoever reads the deployment's page; what the server said is the cause, and its message where a person can act on it. */
export function appErrorOf(error: unknown, cluster: string): Error {
  if (error instanceof AppError) return error;
  if (error instanceof KubeApiError) {
    if (error.status === 401) return new AppError("bad_gateway", `The cluster ${cluster} no longer accepts Slipway's credentials. Give them again under the target's settings.`, { cause: error });
    if (error.status === 403 && !/exceeded quota|is forbidden: (?!User)/.test(error.message)) return new AppError("bad_gateway", `Slipway may not do this on the cluster ${cluster}: ${error.message}. The target's check shows the rights that are missing.`, { cause: error });
    if (error.status === 429 || error.status >= 500) return new AppError("bad_gateway", `The API server of ${cluster} is overloaded or not well: ${error.message}`, { cause: error });
    return new AppError("bad_gateway", `The cluster ${cluster} refused ${error.what}: ${error.message}`, { cause: error });
  }
  const why = whyUnreachable(error, cluster);
  if (why.kind === "credentials") return new AppError("bad_gateway", why.message, { cause: error });
  const code = codeOf(error);
  // A fault of our own is no news about the cluster.
  if (code === null && error instanceof Error && error.message !== "fetch failed") return error;
  return new AppError("bad_gateway", `The API server of ${cluster} cannot be reached${code ? ` (${code})` : ""}. The target's check says what is wrong.`, { cause: error });
}

function codeOf(error: unknown): string | null {
  for (let e = error, depth = 0; typeof e === "object" && e !== null && depth < 5; e = (e as { cause?: unknown }).cause, depth++) {
    const { code, name } = e as { code?: unknown; name?: unknown };
    if (typeof code === "string" && /^[A-Z_]+$/.test(code)) return code;
    if (name === "TimeoutError") return "no answer in time";
  }
  return null;
}
