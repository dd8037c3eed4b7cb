import { expect, it } from "vitest";
import { marksOf, type DeploymentEventDto } from "./event-marks";

const event = (reason: string, at: string, revision: number | null = 2): DeploymentEventDto => ({ id: at, at, lastAt: at, type: "Normal", reason, message: "", revision, replica: null, count: 1 });
const from = Date.parse("2026-03-01T12:00:00Z");
const to = Date.parse("2026-03-01T13:00:00Z");

it("marks what explains a bend, with its revision, and leaves a replica's own steps out", () => {
  const marks = marksOf([event("Serving", "2026-03-01T12:10:00Z"), event("Placed", "2026-03-01T12:09:00Z"), event("Crashed", "2026-03-01T12:30:00Z")], from, to);
  expect(marks).toEqual([{ timeMs: from + 600_000, label: "serving r2", state: "ready" }, { timeMs: from + 1_800_000, label: "crash", state: "failed" }]);
});

it("marks nothing outside the axis", () => {
  expect(marksOf([event("Serving", "2026-03-01T11:59:59Z"), event("Serving", "2026-03-01T13:00:01Z")], from, to)).toEqual([]);
});
