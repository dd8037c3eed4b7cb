import { expect, test } from "vitest";
import { groupCosts } from "./group-costs";
import type { CostLine } from "./schema";

const line = (over: Partial<Omit<CostLine, "cost">> & { total?: number | null; idle?: number | null; seconds?: number }): CostLine => {
  const { total = 1, idle = 0.25, seconds = 3600, ...rest } = over;
  return {
    project: "shop", deployment: "a", model: "m", profile: "local-small", state: "running", running: true, predictions: 1000, priceNote: "", known: { use: null, predictions: null }, missingDays: [], ...rest,
    cost: { total, perDay: [{ day: "2026-11-01", total, replicaSeconds: seconds }], perRevision: [], perHour: total, used: total === null || idle === null ? null : total - idle, idle, per1000Predictions: total, replicaSeconds: seconds, currency: "USD", estimate: true, note: "" },
  };
};

test("lines of one model add up, dearest group first, with idle as a share of the sum", () => {
  const groups = groupCosts([line({}), line({ deployment: "b", total: 3, idle: 0.75, predictions: 3000 }), line({ deployment: "c", model: "other", total: 2 })], "model");
  expect(groups.map((g) => [g.key, g.total])).toEqual([["shop/m", 4], ["shop/other", 2]]);
  expect(groups[0]).toMatchObject({ used: 3, idle: 1, idleShare: 0.25, per1000Predictions: 1, replicaHours: 2, estimate: true, perDay: [{ day: "2026-11-01", total: 4 }] });
});

test("a sum with an unknown part is unknown, never the sum of the rest", () => {
  const [group] = groupCosts([line({}), line({ profile: "gpu", total: null })], "deployment");
  expect(group).toMatchObject({ total: null, used: null, idleShare: null, per1000Predictions: null, perDay: [{ total: null }], replicaHours: 2 });
});

test("deployments of one name in two projects are two", () => {
  expect(groupCosts([line({}), line({ project: "bank" })], "deployment").map((g) => g.key)).toEqual(["bank/a", "shop/a"]);
});

test("nothing predicted and nothing spent leave the rates unknown rather than 0", () => {
  const [group] = groupCosts([line({ total: 0, idle: 0, predictions: 0 })], "profile");
  expect(group).toMatchObject({ total: 0, idleShare: null, per1000Predictions: null });
});
