import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gate, gateSchema, NOTHING, type GateInput } from "@/lib/budgets/gate";
import { monthOf } from "@/lib/budgets/month";

// 1 November 2026 00:00 UTC plus 20 days: 10 days, 240 hours, are left.
const now = new Date("2026-11-21T00:00:00Z");
const base: GateInput = {
  budgetUsd: 500, overBudget: "ask", requiresApproval: false, somethingNew: true, spentUsd: 200, othersPerHourUsd: 0.5, before: NOTHING, after: { least: 0.5, most: 1 }, estimate: false, now,
};

it("a month is the UTC calendar month", () => {
  expect(monthOf(now)).toMatchObject({ name: "2026-11", hours: 720, hoursLeft: 240 });
  expect(monthOf(new Date("2026-12-31T23:00:00Z"))).toMatchObject({ name: "2026-12", hours: 744, hoursLeft: 1 });
  expect(monthOf(new Date("2028-02-01T00:00:00Z")).hours).toBe(29 * 24);
});

describe("the budget gate", () => {
  it("worked example: $200 spent + 240 h × ($0.50 + $0.50) = $440, within $500; at most $560, which is only said", () => {
    const g = gate(base);
    expect(g.forecastUsd).toEqual({ before: 320, least: 440, most: 560 });
    expect(g.decision).toBe("allow");
    expect(g.reasons).toEqual(["At its most replicas all the time it would come to $560.00, over the budget of $500.00 for November 2026."]);
    expect(gateSchema.parse(g)).toEqual(g);
  });
  it.each([["allow", "allow"], ["ask", "ask"], ["block", "block"]] as const)("over budget with the rule %s decides %s and names both figures", (overBudget, decision) => {
    const g = gate({ ...base, overBudget, after: { least: 1, most: 1 } });
    expect(g.decision).toBe(decision);
    expect(g.reasons[0]).toMatch(/\$560\.00 by the end of the month, over the budget of \$500\.00 for November 2026/);
  });
  it("without a price a person decides, even where the rule is to block; with the rule to allow it goes ahead and says so", () => {
    for (const overBudget of ["ask", "block"] as const) expect(gate({ ...base, overBudget, after: { least: null, most: null } })).toMatchObject({ decision: "ask", forecastUsd: { least: null } });
    expect(gate({ ...base, overBudget: "allow", after: { least: null, most: null } })).toMatchObject({ decision: "allow", reasons: [expect.stringMatching(/no price on file/)] });
    expect(gate({ ...base, spentUsd: null }).decision).toBe("ask");
  });
  it("what makes nothing dearer is never stopped by a budget, however far over it is", () => {
    for (const after of [NOTHING, { least: 1, most: 1 }, { least: 0.5, most: 2 }]) {
      expect(gate({ ...base, overBudget: "block", spentUsd: 9999, before: { least: 1, most: 2 }, after })).toMatchObject({ decision: "allow", reasons: [] });
    }
  });
  it("an environment that wants approval asks for something new only, and a block is stronger than a question", () => {
    expect(gate({ ...base, budgetUsd: null, requiresApproval: true })).toMatchObject({ decision: "ask", reasons: ["Deployments to this environment wait for approval."] });
    expect(gate({ ...base, budgetUsd: null, requiresApproval: true, somethingNew: false })).toMatchObject({ decision: "allow", reasons: [] });
    expect(gate({ ...base, requiresApproval: true, overBudget: "block", after: { least: 5, most: 5 } }).decision).toBe("block");
  });
  it("a dearer change is never easier to make than a cheaper one", () => {
    const rank = { allow: 0, ask: 1, block: 2 };
    const price = fc.integer({ min: 0, max: 20_000 }).map((n) => n / 1000);
    fc.assert(fc.property(price, price, price, fc.constantFrom("allow", "ask", "block" as const), fc.boolean(), (a, more, spent, overBudget, requiresApproval) => {
      const at = (least: number) => gate({ ...base, spentUsd: spent, overBudget: overBudget as GateInput["overBudget"], requiresApproval, after: { least, most: least } });
      expect(rank[at(a + more).decision]).toBeGreaterThanOrEqual(rank[at(a).decision]);
      expect(at(a + more).forecastUsd.least!).toBeGreaterThanOrEqual(at(a).forecastUsd.least!);
    }));
  });
});
