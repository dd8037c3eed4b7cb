import { describe, expect, it } from "vitest";
import { lookOf } from "./condition-list";

const condition = (type: string, status: "True" | "False" | "Unknown", reason: string) => ({ type, status, reason, message: "", since: "2026-03-01T12:00:00.000Z" });

describe("how a condition looks", () => {
  it.each([
    ["Progressing", "False", "RolloutComplete", "ready"], ["Progressing", "False", "LoadFailed", "failed"], ["Progressing", "True", "RolloutInProgress", "progressing"],
    ["Available", "True", "Serving", "ready"], ["Available", "False", "Stopped", "stopped"], ["Available", "False", "NoReplicaReady", "warning"],
    ["BackOff", "True", "Crashed", "warning"], ["Public", "False", "Token", "ready"], ["TargetReachable", "False", "Unreachable", "warning"], ["Available", "Unknown", "Unknown", "warning"],
    ["Drifted", "False", "AsApplied", "ready"], ["Drifted", "True", "ChangedOnCluster", "warning"], ["Scheduled", "False", "Unschedulable", "warning"], ["Autoscaling", "Unknown", "NotUsed", "stopped"], ["Routed", "Unknown", "NotTold", "warning"],
  ] as const)("%s %s because of %s is %s", (type, status, reason, state) => expect(lookOf(condition(type, status, reason)).state).toBe(state));
});
