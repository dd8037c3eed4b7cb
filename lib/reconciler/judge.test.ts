import { describe, expect, it } from "vitest";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import type { Desired } from "@/lib/reconciler/desired";
import { judge } from "@/lib/reconciler/judge";
import { weigh } from "@/lib/reconciler/weigh";
import type { Observation, ReplicaObservation, RevisionObservation } from "@/lib/targets/target";

const now = new Date("2026-11-01T12:00:00.000Z");
const T = now.toISOString();
const desired = (o: Partial<Desired> = {}): Desired => ({
  ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 3, observedGeneration: 3, desiredState: "running", public: false, scaling: { min: 1, max: 4, targetConcurrency: 4 },
  stableRevision: 1, desiredRevision: 1, canaryWeight: null, canaryPlan: null, canaryPaused: false, revisions: new Map(), blocked: null, phase: "Ready", status: statusOnChange(EMPTY_STATUS, 1, now), ...o,
});
const rev = (n: number, o: Partial<RevisionObservation> = {}): RevisionObservation => ({ n, weight: 100, wanted: 1, starting: 0, ready: 1, consecutiveFailures: 0, nextAttemptAt: null, lastError: null, ...o });
const crashed = (count: number, o: Partial<RevisionObservation> = {}) => rev(1, { ready: 0, consecutiveFailures: count, lastError: { reason: "Crashed", message: "exit 1", at: T }, ...o });
const replica = (id: string, o: Partial<ReplicaObservation> = {}): ReplicaObservation => ({ id, revision: 1, state: "ready", createdAt: T, placedAt: T, loadingAt: T, readyAt: T, endedAt: null, message: null, ...o });
const seen = (revisions: RevisionObservation[], replicas: ReplicaObservation[] = []): Observation => ({ exists: true, generation: 3, specHash: "h", revisions, replicas, conditions: [] });
const zero = { min: 0, max: 2, targetConcurrency: 4, idleSecondsBeforeZero: 60 };

function judged(d: Desired, observed: Observation, o: { inSync?: boolean; failure?: { reason: string; message: string } } = {}) {
  const { phase, message, steady, replicas, event, conditions } = judge({ d, observed, weighing: weigh(d, observed, o.failure !== undefined), inSync: o.inSync ?? true, canary: d.status.canary, failure: o.failure ?? null, now });
  const [available, progressing, ...own] = conditions.map((c) => `${c.type} ${c.status} ${c.reason}: ${c.message}`);
  return { phase, message, steady, replicas, event: event && `${event.type} ${event.reason} ${event.key} ${event.at} r${event.revision}: ${event.message}`, available, progressing, ...(own.length > 0 ? { own } : {}) };
}

describe("the phase of a deployment, in words", () => {
  it("Ready: as many serve as are wanted at least; at rest once none starts or drains", () => {
    expect(judged(desired(), seen([rev(1)], [replica("a")]))).toEqual({
      phase: "Ready", message: "1 replica serves.", steady: true, replicas: { wanted: 1, starting: 0, ready: 1 }, event: null,
      available: "Available True Serving: 1 replica serves.", progressing: "Progressing False RolloutComplete: 1 replica serves.",
    });
    expect(judged(desired(), seen([rev(1, { wanted: 3, ready: 2, starting: 1 })]))).toMatchObject({ phase: "Ready", message: "2 replicas serve.", steady: false, replicas: { wanted: 3, starting: 1, ready: 2 } });
    const drains = [replica("a"), replica("b", { state: "draining" })];
    expect(judged(desired(), seen([rev(1)], drains)).steady).toBe(false);
    for (const over of [{ state: "exited" as const }, { state: "failed" as const }, { endedAt: T }]) expect(judged(desired(), seen([rev(1)], [replica("a"), replica("b", over)])).steady, JSON.stringify(over)).toBe(true);
  });
  it("counts as serving what gets traffic", () => {
    const d = desired({ desiredRevision: 2 });
    expect(judged(d, seen([rev(1, { ready: 0 }), rev(2, { weight: 0, ready: 1 })]))).toMatchObject({ available: "Available False NoReplicaReady: No replica serves." });
  });
  it("Updating: some of them, or the target has not taken the change over", () => {
    const three = desired({ scaling: { min: 3, max: 4, targetConcurrency: 4 } });
    expect(judged(three, seen([rev(1, { ready: 2 })]))).toMatchObject({ phase: "Updating", message: "2 of 3 replicas serve.", steady: false, progressing: "Progressing True ScalingUp: 2 of 3 replicas serve." });
    expect(judged(desired(), seen([rev(1)]), { inSync: false })).toMatchObject({ phase: "Updating", message: "The target takes the change over.", steady: false });
  });
  it("Deploying: none serves yet", () => {
    const first = desired({ stableRevision: null, phase: "Pending" });
    expect(judged(first, { exists: false }, { inSync: false })).toEqual({ phase: "Deploying", message: "Waiting for its first replica.", steady: false, replicas: { wanted: 0, starting: 0, ready: 0 }, event: null, available: "Available False NoReplicaReady: No replica serves.", progressing: "Progressing True RolloutInProgress: Waiting for its first replica." });
    expect(judged(first, seen([rev(1, { ready: 0, starting: 1 })])).message).toBe("Its replicas are starting.");
  });
  it("Updating while a new revision starts, then while the traffic moves", () => {
    const d = desired({ desiredRevision: 2 });
    expect(judged(d, seen([rev(1), rev(2, { weight: 0, ready: 0, starting: 1 })]))).toMatchObject({ phase: "Updating", message: "Revision 2 is starting; revision 1 serves meanwhile.", steady: false, progressing: expect.stringContaining("True RolloutInProgress") as string });
    const once = { ready: 0, weight: 0, lastError: { reason: "Crashed" as const, message: "exit 1", at: T } };
    expect(judged(d, seen([rev(1), rev(2, { ...once, consecutiveFailures: 1 })])).message).toBe("Revision 2 is starting; revision 1 serves meanwhile. The last start failed: exit 1");
    expect(judged(d, seen([rev(1), rev(2, { ...once, consecutiveFailures: 0 })])).message).not.toContain("failed");
    expect(judged(d, seen([rev(1), rev(2, { weight: 0 })]))).toMatchObject({ phase: "Updating", message: "Traffic moves to revision 2.", steady: false });
  });
  it("a canary by hand holds its share and says so once a generation", () => {
    const d = desired({ desiredRevision: 2, canaryWeight: 20 });
    const held = seen([rev(1, { weight: 80 }), rev(2, { weight: 20 })]);
    expect(judged(d, held)).toMatchObject({ phase: "Ready", message: "Canary: revision 2 gets 20 % of the traffic until it is promoted.", steady: true, event: `Normal Canary canary:3 ${T} r2: Revision 2 gets 20 % of the traffic.`, progressing: expect.stringContaining("False CanaryHeld") as string });
    expect(judged(d, held, { inSync: false })).toMatchObject({ event: null, steady: false });
    expect(judged(d, seen([rev(1, { weight: 80, starting: 1 }), rev(2, { weight: 20 })])).steady).toBe(false);
  });
  it("one that moves by itself tells its step, and rests only where it is paused", () => {
    const plan = { steps: [10, 50], stepSeconds: 60, minRequests: 10, errorRate: { max: 0.1 }, since: "s" };
    const canary = { since: "s", revision: 2, step: 1, stepSince: T, state: "running" as const, reason: "Its p99 is within its limit.", measured: null, at: T };
    const d = desired({ desiredRevision: 2, canaryWeight: 50, canaryPlan: plan, status: { ...EMPTY_STATUS, canary } });
    const held = seen([rev(1, { weight: 50 }), rev(2, { weight: 50 })]);
    expect(judged(d, held)).toMatchObject({ phase: "Ready", message: "Canary: revision 2 gets 50 % of the traffic, step 2 of 2. Its p99 is within its limit.", steady: false, event: null, progressing: expect.stringContaining("True CanaryRunning") as string });
    const paused = { ...d, canaryPaused: true };
    expect(judged(paused, held)).toMatchObject({ message: "Canary: revision 2 gets 50 % of the traffic, step 2 of 2. Paused: it stays there until it is resumed.", steady: true, progressing: expect.stringContaining("True CanaryPaused") as string });
    expect(judged(paused, seen([rev(1, { weight: 50, starting: 1 }), rev(2, { weight: 50 })])).steady).toBe(false);
  });
  it("Degraded or Failed when replicas keep ending, Deploying while one is started again", () => {
    expect(judged(desired(), seen([crashed(3)]))).toMatchObject({ phase: "Failed", message: "Replicas keep ending: exit 1", steady: false, progressing: expect.stringContaining("False CrashLoop") as string });
    const two = desired({ scaling: { min: 2, max: 2, targetConcurrency: 4 } });
    expect(judged(two, seen([crashed(3, { ready: 1 })])).phase).toBe("Degraded");
    expect(judged(two, seen([crashed(2, { ready: 1 })]))).toMatchObject({ phase: "Degraded", message: "A replica ended and is started again: exit 1", progressing: expect.stringContaining("True Restarting") as string });
    expect(judged(desired(), seen([crashed(1)])).phase).toBe("Deploying");
    expect(judged(desired(), seen([crashed(0)])).message).toBe("Its replicas are starting.");
  });
  it("Stopping until the last replica is gone, then Stopped", () => {
    const d = desired({ desiredState: "stopped" });
    expect(judged(d, seen([rev(1, { wanted: 0 })], [replica("a", { state: "draining" })]))).toMatchObject({ phase: "Stopping", message: "Its replicas are being drained.", steady: false, progressing: expect.stringContaining("True Stopping") as string });
    expect(judged(d, seen([]), { inSync: false }).phase).toBe("Stopping");
    expect(judged(d, seen([], [replica("a", { endedAt: T })]))).toEqual({ phase: "Stopped", message: "Stopped: no replica runs. Start it to serve again.", steady: true, replicas: { wanted: 0, starting: 0, ready: 0 }, event: `Normal Stopped stopped:3 ${T} rnull: Stopped: no replica runs.`, available: "Available False Stopped: No replica serves.", progressing: "Progressing False Stopped: Stopped: no replica runs. Start it to serve again." });
  });
  it("Failed when a revision was given up: at rest once what serves does, or once nothing lives", () => {
    const failure = { reason: "LoadFailed", message: "no such operator." };
    const d = desired({ desiredRevision: 2, status: { ...EMPTY_STATUS, failed: { ...failure, revision: 2, generation: 3, at: T } } });
    expect(judged(d, seen([rev(1)]), { failure })).toMatchObject({ phase: "Failed", message: "no such operator. Revision 1 goes on serving.", steady: true, progressing: "Progressing False LoadFailed: no such operator. Revision 1 goes on serving." });
    expect(judged({ ...d, status: EMPTY_STATUS }, seen([rev(1)]), { failure }).steady).toBe(false);
    expect(judged(d, seen([rev(1, { starting: 1 })]), { failure }).steady).toBe(false);
    expect(judged(d, seen([rev(1, { ready: 0 })]), { failure }).steady).toBe(false);
    const alone = { ...d, stableRevision: null };
    expect(judged(alone, seen([], []), { failure })).toMatchObject({ message: "no such operator.", steady: true });
    expect(judged(alone, seen([], [replica("a", { state: "starting" })]), { failure }).steady).toBe(false);
    expect(judged({ ...d, stableRevision: 2 }, seen([], []), { failure }).message).toBe("no such operator.");
  });
  it("Asleep when none is wanted by the target and none failed; awake by the first that is", () => {
    const d = desired({ scaling: zero });
    const none = rev(1, { wanted: 0, ready: 0 });
    const ended = [replica("a", { state: "exited", endedAt: "2026-11-01T11:00:00.000Z" }), replica("b", { state: "exited", endedAt: "2026-11-01T11:30:00.000Z" }), replica("c", { revision: 2, state: "exited", endedAt: "2026-11-01T11:50:00.000Z" })];
    expect(judged(d, seen([none], ended))).toEqual({
      phase: "Asleep", message: "No request came for a while, so no replica runs. The next request starts one.", steady: true, replicas: { wanted: 0, starting: 0, ready: 0 },
      event: `Normal ScaledToZero asleep:b ${T} r1: No request came for a while: scaled to zero.`, available: "Available False ScaledToZero: No replica runs while no request comes; the next one starts one.",
      progressing: "Progressing False ScaledToZero: No request came for a while, so no replica runs. The next request starts one.",
    });
    expect(judged(d, seen([none], [replica("a", { state: "draining" })]))).toMatchObject({ phase: "Asleep", message: "No request came: its last replica is being drained.", steady: false, event: null });
    expect(judged(d, seen([rev(1, { wanted: 1, ready: 0, starting: 1 })]))).toMatchObject({ phase: "Deploying", message: "A request came: a replica is starting.", steady: false, progressing: expect.stringContaining("True Waking") as string });
    expect(judged(d, seen([rev(1, { wanted: 0, ready: 0, starting: 1 })])).phase).not.toBe("Asleep");
    expect(judged(d, seen([]), {}).phase).toBe("Deploying");
    expect(judged(d, seen([none]), { inSync: false }).phase).toBe("Deploying");
    expect(judged(desired(), seen([none])).phase).toBe("Deploying");
    expect(judged({ ...d, stableRevision: null }, seen([none])).phase).toBe("Deploying");
    expect(judged(d, seen([crashed(1, { wanted: 0 })])).phase).toBe("Deploying");
    expect(judged(d, seen([{ ...none, consecutiveFailures: 1 }])).phase).toBe("Asleep");
    expect(judged({ ...d, desiredRevision: 2 }, seen([none, rev(2, { weight: 0, wanted: 1, ready: 0, starting: 1 })])).available).toBe("Available False ScaledToZero: No replica runs while no request comes; the next one starts one.");
  });
  it("carries the target's own conditions along", () => {
    const own = [{ type: "Scheduled", status: "False" as const, reason: "Unschedulable", message: "no GPU" }];
    expect(judged(desired(), { ...seen([rev(1)]), conditions: own } as Observation)).toMatchObject({ own: ["Scheduled False Unschedulable: no GPU"] });
  });
});
