import { hash } from "node:crypto";
import type { DeploymentRef } from "@/lib/targets/target";

export type Authorized = { ok: true } | { ok: false; status: 401 | 403 | 404 };

/**
 * Whether the bearer of a token may send predictions. `ref` is null when there is no such deployment: an unknown or missing token must
 * then still be 401, so that nobody learns names without one. Never called for a public deployment. What is known is answered at once, not by a
 * promise: a body that comes in the same packet is then read as it is parsed, instead of being laid aside first.
 */
export type Authorize = (bearer: string | null, project: string, ref: DeploymentRef | null) => Authorized | Promise<Authorized>;

/** Calls the listener with the SHA-256 (hex) of a revoked token, or null when any may have been. Returns the way to stop. */
export type OnRevoked = (listener: (tokenSha256: string | null) => void) => () => void;

const MAX_ENTRIES = 10_000;

/**
 * Remembers answers for at most a second, so that a stream of predictions does not ask the database each time, and a revoked token
 * stops within that second even if the news is lost. Keyed by the hash: the token itself is never kept.
 */
export function cachedAuthorize(inner: Authorize, options: { ttlMs?: number; now?: () => number; onRevoked?: OnRevoked } = {}): Authorize {
  const { ttlMs = 1000, now = () => performance.now(), onRevoked } = options;
  const answers = new Map<string, { until: number; tokenSha256: string; answer: Authorized | Promise<Authorized> }>();
  onRevoked?.((tokenSha256) => {
    for (const [key, entry] of answers) if (tokenSha256 === null || entry.tokenSha256 === tokenSha256) answers.delete(key);
  });
  return (bearer, project, ref) => {
    if (bearer === null) return inner(bearer, project, ref);
    const tokenSha256 = hash("sha256", bearer);
    const key = `${tokenSha256} ${project} ${ref?.id ?? ""}`;
    const known = answers.get(key);
    if (known && known.until > now()) return known.answer;
    const answer = inner(bearer, project, ref);
    answers.delete(key);
    if (answers.size >= MAX_ENTRIES) answers.delete(answers.keys().next().value as string);
    const entry = { until: now() + ttlMs, tokenSha256, answer };
    answers.set(key, entry);
    if (answer instanceof Promise) answer.then((told) => { entry.answer = told; }, () => { if (answers.get(key) === entry) answers.delete(key); });
    return answer;
  };
}

/** The token of an Authorization header, or null. */
export function bearerOf(header: string | undefined): string | null {
  const found = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i.exec(header ?? "");
  return found?.[1] ?? null;
}
