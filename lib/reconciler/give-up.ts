import type { StoredStatus } from "@/lib/deployments/stored-status";
import type { RevisionObservation } from "@/lib/targets/target";

/** A revision that is not ready by then is given up. */
export const PROGRESS_DEADLINE_MS = 10 * 60_000;

const STARTS_BEFORE_GIVING_UP = 3;
/** The same bytes fail the same way: a second try rules out a passing cause, a third teaches nothing. */
const STARTS_OF_THE_SAME_BYTES = 2;

export type Verdict = { reason: string; message: string; /** The same bytes can only fail again. */ final: boolean };

/**
 * Why the revision being rolled out is not coming up; null while there is hope. Failures from before the rollout do not count.
 * `waitsSince`: it was up until then, so that the deadline counts from there.
 */
export function giveUp(revision: RevisionObservation | undefined, rollout: StoredStatus["rollout"], now: Date, waitsSince: Date | null = null): Verdict | null {
  const startedAt = rollout ? Date.parse(rollout.startedAt) : now.getTime();
  const error = revision?.lastError;
  if (revision && error && Date.parse(error.at) >= startedAt) {
    const final = error.reason === "LoadFailed" || error.reason === "DigestMismatch";
    if (revision.consecutiveFailures >= (final ? STARTS_OF_THE_SAME_BYTES : STARTS_BEFORE_GIVING_UP)) return { reason: error.reason, message: error.message, final };
  }
  if (now.getTime() - Math.max(startedAt, waitsSince?.getTime() ?? 0) < PROGRESS_DEADLINE_MS) return null;
  return { reason: "ProgressDeadlineExceeded", message: error?.message ?? "No replica became ready within 10 minutes.", final: false };
}
