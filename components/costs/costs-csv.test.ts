import { expect, test } from "vitest";
import type { CostReport } from "@/lib/costs/schema";
import { costsCsv } from "./costs-csv";

const cost = (total: number | null): CostReport["total"] => ({
  total, perDay: [{ day: "2026-11-01", total, replicaSeconds: 60 }, { day: "2026-11-02", total: 0, replicaSeconds: 0 }], perRevision: [], perHour: total, used: null, idle: null, per1000Predictions: null, replicaSeconds: 60, currency: "USD", estimate: true, note: "",
});
const report = (priceNote: string, total: number | null): CostReport => ({
  window: "7d", from: "2026-11-01T00:00:00Z", to: "2026-11-08T00:00:00Z", source: "test", total: cost(total), predictions: null, measured: null,
  deployments: [{ project: "shop", deployment: "iris", model: "iris", profile: "local-small", state: "deleted", running: false, predictions: null, priceNote, cost: cost(total) }],
});

test("a line a day on which something ran, with what is unknown left empty and never 0", () => {
  const [, line, end] = costsCsv(report("estimate", null)).split("\n");
  expect(line).toBe("2026-11-01T00:00:00Z,2026-11-08T00:00:00Z,2026-11-01,shop,iris,iris,local-small,deleted,60,,true,,,,,,estimate");
  expect(end).toBe("");
});

test("text that a spreadsheet would run as a formula is only text, and quotes are doubled", () => {
  expect(costsCsv(report('=cmd|"calc"', 0.5)).split("\n")[1]).toContain(`"'=cmd|""calc"""`);
});
