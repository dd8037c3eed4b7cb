import type { CanaryMeasures, CanaryPlan, Figures } from "@/lib/deployments/canary-plan";

/** breach: a limit is passed. wait: too little is known, or its time is not over. pass: within every limit. `reason` is a sentence with the figures. */
export type CanaryVerdict = { kind: "breach" | "wait" | "pass"; reason: string };

/** Pure. What is not known is never good or bad: the canary waits, and the reason says for what. */
export function judgeCanary(plan: CanaryPlan, { canary, stable }: CanaryMeasures): CanaryVerdict {
  if (canary.requests === null) return { kind: "wait", reason: `It waits, because its requests are not known. ${canary.missing.requests ?? ""}`.trim() };
  if (canary.requests < plan.minRequests) return { kind: "wait", reason: `It waits for traffic: ${canary.requests} of ${plan.minRequests} requests so far.` };
  const checks = [...errorChecks(plan, canary, stable), ...p99Checks(plan, canary, stable)];
  const breach = checks.find((c) => c.kind === "breach");
  if (breach) return breach;
  return checks.find((c) => c.kind === "wait") ?? { kind: "pass", reason: `Within its limits: ${figureWords(canary)}.` };
}

function errorChecks({ errorRate, minRequests }: CanaryPlan, canary: Figures, stable: Figures): CanaryVerdict[] {
  if (!errorRate || (errorRate.max === undefined && errorRate.aboveStable === undefined)) return [];
  const own = rateOf(canary);
  if (own === null) return [unknown("its errors are not known", canary.missing.errors)];
  const checks: CanaryVerdict[] = [];
  if (errorRate.max !== undefined) checks.push(over(own, errorRate.max, `${percent(own)} of ${canary.requests} requests failed; the limit is ${percent(errorRate.max)}.`));
  if (errorRate.aboveStable !== undefined) {
    const base = stableKnows(stable, minRequests) ? rateOf(stable) : null;
    checks.push(base === null ? stableUnknown(stable, "errors", minRequests)
      : over(own, base + errorRate.aboveStable, `${percent(own)} of ${canary.requests} requests failed; the serving revision has ${percent(base)}, and the limit is ${percent(errorRate.aboveStable)} more.`));
  }
  return checks;
}

function p99Checks({ p99, minRequests }: CanaryPlan, canary: Figures, stable: Figures): CanaryVerdict[] {
  if (!p99 || (p99.maxSeconds === undefined && p99.timesStable === undefined)) return [];
  const own = canary.p99Seconds;
  if (own === null) return [unknown("its p99 is not known", canary.missing.p99Seconds)];
  const checks: CanaryVerdict[] = [];
  if (p99.maxSeconds !== undefined) checks.push(over(own, p99.maxSeconds, `p99 is ${duration(own)} over ${canary.requests} requests; the limit is ${duration(p99.maxSeconds)}.`));
  if (p99.timesStable !== undefined) {
    const base = stableKnows(stable, minRequests) ? stable.p99Seconds : null;
    checks.push(base === null ? stableUnknown(stable, "p99Seconds", minRequests)
      : over(own, base * p99.timesStable, `p99 is ${duration(own)} over ${canary.requests} requests; the serving revision has ${duration(base)}, and the limit is ${p99.timesStable} times that.`));
  }
  return checks;
}

const over = (value: number, limit: number, reason: string): CanaryVerdict => ({ kind: value > limit ? "breach" : "pass", reason });
const unknown = (what: string, why = ""): CanaryVerdict => ({ kind: "wait", reason: `It waits, because ${what}. ${why}`.trim() });
const stableKnows = (stable: Figures, least: number) => stable.requests !== null && stable.requests >= least;

/** A comparison with a handful of requests would be one with chance. */
function stableUnknown(stable: Figures, what: "errors" | "p99Seconds", least: number): CanaryVerdict {
  if (stable.requests !== null && stable.requests < least) return { kind: "wait", reason: `It waits for a comparison: the serving revision has answered ${stable.requests} of ${least} requests in this step.` };
  return unknown(`the serving revision's ${what === "errors" ? "errors are" : "p99 is"} not known`, stable.missing.requests ?? stable.missing[what]);
}

const rateOf = ({ requests, errors }: Figures): number | null => (requests === null || errors === null || requests === 0 ? null : errors / requests);

export function figureWords(f: Figures): string {
  const rate = rateOf(f);
  return [`${f.requests ?? "unknown"} requests`, rate === null ? "errors unknown" : `${percent(rate)} failed`, f.p99Seconds === null ? "p99 unknown" : `p99 ${duration(f.p99Seconds)}`].join(", ");
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
const duration = (seconds: number) => (seconds >= 1 ? `${Number(seconds.toFixed(2))} s` : `${Number((seconds * 1000).toFixed(1))} ms`);
