import { describe, expect, it } from "vitest";
import { judge } from "./judge";
import { ruleSentence } from "./rule-sentence";
import { conditionSchema, CONDITION_KINDS, createRuleSchema } from "./schema";
import { thresholdOf } from "./threshold";

const CONDITIONS = [
  { kind: "latency", thresholdMs: 200 }, { kind: "errorRate", thresholdPercent: 1 }, { kind: "burnRate", objectivePercent: 99.9 }, { kind: "saturation", waitingPerReplica: 4 },
  { kind: "noTraffic" }, { kind: "crashLoop", failures: 3 }, { kind: "spotInterruption" }, { kind: "rolloutFailed" }, { kind: "budget", percent: 80 },
].map((c) => conditionSchema.parse(c));
const rule = (condition: object, more: object = {}) => createRuleSchema.parse({ name: "r", condition, ...more });

describe("a rule in words", () => {
  it("says what it watches, when it fires, when it is over and who is told", () => {
    expect(ruleSentence(rule({ kind: "latency", thresholdMs: 200 }, { deployment: "iris", severity: "critical" }), ["ops", "Slack"])).toEqual([
      "When the p99 latency of iris over 5 minutes is above 200 ms and this holds for 2 min without a break, it fires, as critical.",
      "It is resolved once it is at most 180 ms for 3 min.", "ops and Slack are told when it fires and when it is over.",
    ]);
    expect(ruleSentence(rule({ kind: "noTraffic", window: "15m" }, { forSeconds: 0, resolveSeconds: 0, enabled: false }), [])).toEqual([
      "When no request reaches any deployment of the project for 15 minutes although a replica is ready, it fires at once, as a warning.", "It is resolved as soon as a request came.",
      "Nobody is told: it shows in the portal alone.", "It is turned off: nothing is evaluated.",
    ]);
  });
  it("has words and a threshold for every kind there is", () => {
    expect(CONDITIONS.map((c) => c.kind).sort()).toEqual([...CONDITION_KINDS].sort());
    for (const condition of CONDITIONS) {
      expect(ruleSentence(rule(condition), []).join(" ")).not.toMatch(/undefined|NaN|null/);
      const { limit, unit } = thresholdOf(condition);
      expect([unit.length > 0, limit === null || limit > 0]).toEqual([true, true]);
    }
  });
  it("gives a threshold in the unit of the value that the evaluation writes down", () => {
    const now = new Date();
    const budget = judge({ kind: "budget", percent: 80 }, { metrics: {}, events: null, budget: { budgetUsd: 200, spentUsd: 170 } }, now);
    expect([budget.value, thresholdOf({ kind: "budget", percent: 80 })]).toEqual([85, { limit: 80, unit: "%", when: "above" }]);
    const crashed = judge({ kind: "crashLoop", failures: 3, minutes: 10 }, { metrics: {}, events: 3, budget: null }, now);
    expect([crashed.verdict, crashed.value, thresholdOf({ kind: "crashLoop", failures: 3, minutes: 10 }).when]).toEqual(["breach", 3, "atLeast"]);
  });
});
