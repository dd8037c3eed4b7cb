import { describe, expect, it } from "vitest";
import { DEFAULT_ROLLOUT, rolloutBody, type Rollout } from "./rollout";

const of = (changes: Partial<Rollout>) => rolloutBody({ ...DEFAULT_ROLLOUT, how: "bySteps", ...changes });

describe("what the fields of a rollout send", () => {
  it("is a plan in the API's units, with only the limits that were given", () => {
    expect(of({})).toEqual({ body: { canary: { steps: [5, 25, 50], stepSeconds: 300, minRequests: 100, errorRate: { max: 0.02, aboveStable: undefined }, p99: { maxSeconds: undefined, timesStable: 1.5 } } } });
    expect(of({ steps: "10 % 50 %", stepMinutes: "0,5", errorPercent: "", p99Times: "", p99Ms: "120" })).toMatchObject({ body: { canary: { steps: [10, 50], stepSeconds: 30, p99: { maxSeconds: 0.12 } } } });
  });
  it("is nothing for a change at once, and a share for one by hand", () => {
    expect(rolloutBody(DEFAULT_ROLLOUT)).toEqual({ body: {} });
    expect(rolloutBody({ ...DEFAULT_ROLLOUT, how: "byHand", weight: 30 })).toEqual({ body: { canaryWeight: 30 } });
  });
  it.each([
    [{ steps: "50, 10" }, /rise/], [{ steps: "" }, /rise/], [{ steps: "5, x" }, /rise/], [{ stepMinutes: "0" }, /10 seconds/], [{ stepMinutes: "" , steps: "100" }, /rise/],
    [{ minRequests: "0" }, /from 1/], [{ errorPercent: "120" }, /0 and 100/], [{ p99Ms: "-1" }, /above 0/], [{ errorPercent: "", p99Times: "" }, /at least one limit/],
  ] as const)("%o says what to mend", (changes, words) => {
    const got = of(changes as Partial<Rollout>);
    expect("problem" in got && got.problem).toMatch(words);
  });
});
