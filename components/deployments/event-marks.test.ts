import { expect, it } from "vitest";
import { INTERRUPTIONS } from "@/lib/targets/kubernetes/read-cluster";
import { alertMarks, marksOf, restartMarks, type DeploymentEventDto } from "./event-marks";

const event = (reason: string, at: string, revision: number | null = 2): DeploymentEventDto => ({ id: at, at, lastAt: at, type: "Normal", reason, message: "", revision, replica: null, count: 1 });
const from = Date.parse("2026-03-01T12:00:00Z");
const to = Date.parse("2026-03-01T13:00:00Z");

it("marks what explains a bend, with its revision, and leaves a replica's own steps out", () => {
  const marks = marksOf([event("Serving", "2026-03-01T12:10:00Z"), event("Placed", "2026-03-01T12:09:00Z"), event("Crashed", "2026-03-01T12:30:00Z")], from, to);
  expect(marks).toEqual([{ timeMs: from + 600_000, label: "serving r2", state: "ready", kind: "revision" }, { timeMs: from + 1_800_000, label: "crash", state: "failed", kind: "failure" }]);
});

it("marks every interruption of a node that the cluster's source knows", () => {
  for (const reason of INTERRUPTIONS) expect(marksOf([event(reason, "2026-03-01T12:10:00Z")], from, to)[0]?.kind, reason).toBe("interruption");
});

it("marks an alert where it fired and where it was over, and restarts where a step counted some", () => {
  const alert = { rule: "slow", severity: "critical", firedAt: "2026-03-01T12:20:00Z", resolvedAt: "2026-03-01T13:30:00Z" };
  expect(alertMarks([alert], from, to)).toEqual([{ timeMs: from + 1_200_000, label: "slow", state: "failed", kind: "alert" }]);
  expect(alertMarks([alert], from, to + 3_600_000).at(-1)).toEqual({ timeMs: Date.parse(alert.resolvedAt), label: "slow over", state: "ready", kind: "alert" });
  expect(restartMarks([[from / 1000, 0], [from / 1000 + 15, 2], [from / 1000 + 30, null]])).toEqual([{ timeMs: from + 15_000, label: "2 restarts", state: "failed", kind: "failure" }]);
});

it("marks nothing outside the axis", () => {
  expect(marksOf([event("Serving", "2026-03-01T11:59:59Z"), event("Serving", "2026-03-01T13:00:01Z")], from, to)).toEqual([]);
});
