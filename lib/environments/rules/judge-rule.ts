const DAY_MS = 86_400_000;

export type RuleInput = { sleepAfterMinutes: number | null; expireAfterDays: number | null; maySleep: boolean; minReplicas: number; idleSecondsBeforeZero: number; newestRevisionAt: Date; now: Date };
export type RuleVerdict = { kind: "delete"; days: number } | { kind: "warn"; days: number; at: Date } | { kind: "sleep"; idleSecondsBeforeZero: number } | null;

/** What an environment's rules want of one of its running deployments now. Expiry comes before sleep; a day before it, a warning. Pure. */
export function judgeRule(r: RuleInput): RuleVerdict {
  if (r.expireAfterDays !== null) {
    const at = new Date(r.newestRevisionAt.getTime() + r.expireAfterDays * DAY_MS);
    if (at <= r.now) return { kind: "delete", days: r.expireAfterDays };
    if (at.getTime() - r.now.getTime() <= DAY_MS && r.expireAfterDays > 1) return { kind: "warn", days: r.expireAfterDays, at };
  }
  return sleepOf(r);
}

/** Where the target can stop the last replica and start it again (lib/targets/why-no-sleep.ts). */
export function sleepOf(r: RuleInput): Extract<RuleVerdict, { kind: "sleep" }> | null {
  if (r.sleepAfterMinutes === null || !r.maySleep) return null;
  const idleSecondsBeforeZero = r.sleepAfterMinutes * 60;
  return r.minReplicas === 0 && r.idleSecondsBeforeZero === idleSecondsBeforeZero ? null : { kind: "sleep", idleSecondsBeforeZero };
}
