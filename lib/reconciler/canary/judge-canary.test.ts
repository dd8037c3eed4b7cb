import { describe, expect, it } from "vitest";
import { canaryPlanSchema, type CanaryPlan, type Figures } from "@/lib/deployments/canary-plan";
import { judgeCanary } from "./judge-canary";

const figures = (requests: number | null, errors: number | null, p99Ms: number | null, missing: Figures["missing"] = {}): Figures => ({ requests, errors, p99Seconds: p99Ms === null ? null : p99Ms / 1000, missing });
const plan = (limits: Partial<CanaryPlan>): CanaryPlan => canaryPlanSchema.parse({ steps: [10, 50], minRequests: 100, ...limits });
const NO_SOURCE = "No source: gpu has no metrics source.";

describe("a canary's verdict", () => {
  it.each<[string, Partial<CanaryPlan>, Figures, Figures, "breach" | "wait" | "pass", RegExp]>([
    ["errors at the limit pass", { errorRate: { max: 0.02 } }, figures(200, 4, 30), figures(0, 0, null), "pass", /200 requests, 2 % failed, p99 30 ms/],
    ["errors above the limit are a breach", { errorRate: { max: 0.02 } }, figures(200, 5, 30), figures(0, 0, null), "breach", /2.5 % of 200 requests failed; the limit is 2 %/],
    ["no failure is allowed where the limit is nothing", { errorRate: { max: 0 } }, figures(100, 1, 30), figures(0, 0, null), "breach", /1 % of 100/],
    ["too few requests wait, whatever they did", { errorRate: { max: 0.02 } }, figures(99, 99, 30), figures(900, 0, 20), "wait", /99 of 100 requests/],
    ["errors against the serving revision", { errorRate: { aboveStable: 0.01 } }, figures(100, 3, 30), figures(900, 9, 20), "breach", /3 % of 100 requests failed; the serving revision has 1 %, and the limit is 1 % more/],
    ["as many errors as the serving revision pass", { errorRate: { aboveStable: 0 } }, figures(100, 5, 30), figures(200, 10, 20), "pass", /Within/],
    ["p99 above an absolute limit", { p99: { maxSeconds: 0.1 } }, figures(100, 0, 101), figures(0, 0, null), "breach", /p99 is 101 ms over 100 requests; the limit is 100 ms/],
    ["p99 against the serving revision", { p99: { timesStable: 1.5 } }, figures(100, 0, 31), figures(900, 0, 20), "breach", /p99 is 31 ms .* has 20 ms, and the limit is 1.5 times that/],
    ["p99 within its ratio", { p99: { timesStable: 1.5 } }, figures(100, 0, 30), figures(900, 0, 20), "pass", /Within/],
    ["a comparison needs requests on both sides", { p99: { timesStable: 1.5 } }, figures(100, 0, 90), figures(99, 0, 20), "wait", /serving revision has answered 99 of 100/],
    ["a breach of one limit counts although the other cannot be judged", { p99: { timesStable: 1.5 }, errorRate: { max: 0.1 } }, figures(100, 50, 90), figures(0, 0, null), "breach", /50 %/],
    ["one limit kept is not enough while the other is unknown", { p99: { maxSeconds: 1 }, errorRate: { max: 0.1 } }, figures(100, 0, null, { p99Seconds: "No histogram." }), figures(900, 0, 20), "wait", /its p99 is not known. No histogram\./],
    ["no source: it waits and says why", { errorRate: { max: 0.1 } }, figures(null, null, null, { requests: NO_SOURCE }), figures(null, null, null, { requests: NO_SOURCE }), "wait", /requests are not known. No source: gpu has no metrics source\./],
    ["errors that a server does not count are not zero", { errorRate: { max: 0.1 } }, figures(500, null, 20, { errors: "It counts none." }), figures(900, 0, 20), "wait", /its errors are not known. It counts none\./],
    ["unknown errors of the serving revision are not zero", { errorRate: { aboveStable: 0.1 } }, figures(500, 0, 20), figures(900, null, 20, { errors: "It counts none." }), "wait", /serving revision's errors are not known/],
  ])("%s", (_name, limits, canary, stable, kind, words) => {
    const verdict = judgeCanary(plan(limits), { canary, stable });
    expect(verdict.kind).toBe(kind);
    expect(verdict.reason).toMatch(words);
  });

  it("needs a limit, and shares that rise", () => {
    expect(canaryPlanSchema.safeParse({ steps: [10] }).success).toBe(false);
    expect(canaryPlanSchema.safeParse({ steps: [10], errorRate: {} }).success).toBe(false);
    expect(canaryPlanSchema.safeParse({ steps: [10, 10], errorRate: { max: 0.1 } }).success).toBe(false);
    expect(canaryPlanSchema.safeParse({ steps: [10, 100], errorRate: { max: 0.1 } }).success).toBe(false);
  });
});
