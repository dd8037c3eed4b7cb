import { canaryPlanSchema, type CanaryPlan } from "@/lib/deployments/canary-plan";

/** How a new revision takes over: as the fields hold it, so that a half-typed number stays what was typed. */
export type Rollout = {
  how: "atOnce" | "bySteps" | "byHand";
  /** byHand: percent. */
  weight: number;
  steps: string; stepMinutes: string; minRequests: string;
  /** Limits; empty: none. Percent, percentage points, milliseconds, times. */
  errorPercent: string; errorAbove: string; p99Ms: string; p99Times: string;
};

export const DEFAULT_ROLLOUT: Rollout = { how: "atOnce", weight: 10, steps: "5, 25, 50", stepMinutes: "5", minRequests: "100", errorPercent: "2", errorAbove: "", p99Ms: "", p99Times: "1.5" };

export type RolloutBody = { canary: CanaryPlan } | { canaryWeight: number } | Record<string, never>;

const number = (text: string): number | undefined => (text.trim() === "" ? undefined : Number(text.replace(",", ".")));
const scaled = (text: string, by: number): number | undefined => {
  const value = number(text);
  return value === undefined ? undefined : Math.round(value * by * 1e9) / 1e9;
};
const without = <T extends object>(limits: T): T | undefined => (Object.values(limits).every((v) => v === undefined) ? undefined : limits);

/** What a change sends for it, checked with the API's own schema; or the sentence that says what to mend. Pure. */
export function rolloutBody(r: Rollout): { body: RolloutBody } | { problem: string } {
  if (r.how === "atOnce") return { body: {} };
  if (r.how === "byHand") return { body: { canaryWeight: r.weight } };
  const parsed = canaryPlanSchema.safeParse({
    steps: r.steps.split(/[\s,;%]+/).filter(Boolean).map(Number), stepSeconds: scaled(r.stepMinutes, 60), minRequests: number(r.minRequests),
    errorRate: without({ max: scaled(r.errorPercent, 0.01), aboveStable: scaled(r.errorAbove, 0.01) }), p99: without({ maxSeconds: scaled(r.p99Ms, 0.001), timesStable: number(r.p99Times) }),
  });
  if (parsed.success) return { body: { canary: parsed.data } };
  const issue = parsed.error.issues[0]!;
  return { problem: PROBLEMS[String(issue.path[0])] ?? "Name at least one limit, for errors or for p99." };
}

const PROBLEMS: Record<string, string> = {
  steps: "Steps are whole percents between 1 and 99 that rise, like 5, 25, 50.",
  stepSeconds: "A step lasts between 10 seconds and a day.",
  minRequests: "The least number of requests is a whole number from 1.",
  errorRate: "Limits for errors are percents between 0 and 100.",
  p99: "Limits for p99 are above 0: milliseconds up to 10 minutes, or up to 100 times the serving revision's.",
};
