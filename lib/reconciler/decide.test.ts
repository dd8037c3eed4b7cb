import { describe, expect, it } from "vitest";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { T0, absent, at, desired, failing, holding, rev, weights } from "@/lib/reconciler/__fixtures__/desired-world";
import { decide } from "@/lib/reconciler/decide";
import type { Observation } from "@/lib/targets/target";

describe("a first rollout", () => {
  it("is applied whole, with all the traffic, so that it serves the moment it is ready", () => {
    const out = decide(desired(), absent, at(1));
    expect(weights(out.apply)).toEqual({ 1: 100 });
    expect(out).toMatchObject({ remove: false, done: false, phase: "Deploying", requeueAfterMs: 150 });
  });
  it("is looked at again soon while it starts, without applying again", () => {
    const d = desired();
    expect(decide(d, holding(d, [rev(1, { ready: 0, starting: 1 })]), at(1))).toMatchObject({ apply: null, phase: "Deploying", requeueAfterMs: 200 });
  });
  it("makes its revision the serving one once as many replicas are ready as are wanted at least", () => {
    const d = desired({ scaling: { min: 2, max: 2, targetConcurrency: 4 } });
    expect(decide(d, holding(d, [rev(1, { ready: 1, wanted: 2, starting: 1 })]), at(1)).promote).toBeUndefined();
    expect(decide(d, holding(d, [rev(1, { ready: 2, wanted: 2 })]), at(1))).toMatchObject({ promote: 1, phase: "Ready", observedGeneration: 1 });
  });
  it.each([["LoadFailed", 2], ["DigestMismatch", 2]] as const)("that fails with %s twice is given up: Failed in the runtime's words, and no replica is tried any more", (reason, count) => {
    const out = decide(desired(), { ...(holding(desired(), [rev(1)]) as object), revisions: [failing(1, reason, count, 100)] } as Observation, at(2));
    expect(out).toMatchObject({ phase: "Failed", status: { message: "no such operator", failed: { revision: 1, reason } } });
    expect(out.apply?.scaling).toMatchObject({ min: 0, max: 0 });
    expect(out.events.map((e) => e.reason)).toContain("RolloutFailed");
  });
  it("that crashes three times is Failed but goes on being tried", () => {
    const d = desired();
    const out = decide(d, holding(d, [failing(1, "Crashed", 3, 100)]), at(2));
    expect(out).toMatchObject({ phase: "Failed", apply: null });
    expect(out.requeueAfterMs).not.toBeNull();
    expect(out.status.failed).toBeNull();
  });
  it("one failed start is not yet a failure", () => {
    const d = desired();
    expect(decide(d, holding(d, [failing(1, "LoadFailed", 1, 100)]), at(2)).phase).toBe("Deploying");
  });
  it("is Failed after ten minutes without a ready replica", () => {
    const d = desired();
    const observed = holding(d, [rev(1, { ready: 0, starting: 1 })]);
    expect(decide(d, observed, at(599)).phase).toBe("Deploying");
    expect(decide(d, observed, at(601))).toMatchObject({ phase: "Failed", status: { message: "No replica became ready within 10 minutes." } });
  });
});

describe("a rolling change", () => {
  const d = desired({ stableRevision: 1, desiredRevision: 2, generation: 2, phase: "Ready" });
  it("keeps all traffic on the old revision until the new one is ready", () => {
    expect(weights(decide(d, holding(d, [rev(1)]), at(1)).apply ?? null)).toBeNull();
    expect(weights(decide(d, absent, at(1)).apply)).toEqual({ 1: 100, 2: 0 });
    expect(decide(d, holding(d, [rev(1), rev(2, { weight: 0, ready: 0, starting: 1 })]), at(1))).toMatchObject({ apply: null, phase: "Updating" });
  });
  it("then moves it, and drops the old one only once the target was seen sending everything to the new one", () => {
    const moved = decide(d, { ...(holding(d, [rev(1)]) as object), revisions: [rev(1), rev(2, { weight: 0 })] } as Observation, at(1));
    expect(weights(moved.apply)).toEqual({ 1: 0, 2: 100 });
    expect(moved.promote).toBeUndefined();
    const dropped = decide(d, { ...(holding(d, [rev(1)]) as object), revisions: [rev(1, { weight: 0 }), rev(2, { weight: 100 })] } as Observation, at(1));
    expect(weights(dropped.apply)).toEqual({ 2: 100 });
    expect(dropped.promote).toBe(2);
  });
  it.each([["LoadFailed", 2], ["Crashed", 3]] as const)("that fails with %s gives the new revision up; the old one goes on with everything", (reason, count) => {
    const out = decide(d, holding(d, [rev(1), failing(2, reason, count)]), at(2));
    expect(out.phase).toBe("Failed");
    expect(out.status.message).toBe("no such operator Revision 1 goes on serving.");
    const later = desired({ ...d, phase: "Failed", status: out.status });
    const spec = decide(later, absent, at(3)).apply;
    expect(weights(spec)).toEqual({ 1: 100 });
    expect(spec?.scaling).toEqual(d.scaling);
    expect(decide(later, holding(later, [rev(1)]), at(3))).toMatchObject({ phase: "Failed", apply: null, requeueAfterMs: null });
  });
  it("tries again after the user's next change", () => {
    const failed = { ...d.status, failed: { revision: 2, generation: 2, reason: "LoadFailed", message: "m", at: T0.toISOString() } };
    const retried = desired({ ...d, generation: 3, status: statusOnChange(failed, 2, at(60)) });
    expect(weights(decide(retried, holding({ ...retried, generation: 2 }, [rev(1)]), at(61)).apply)).toEqual({ 1: 100, 2: 0 });
  });
  it("does not count failures from before the change", () => {
    const d2 = desired({ ...d, status: statusOnChange(EMPTY_STATUS, 2, at(30)) });
    expect(decide(d2, holding(d2, [rev(1), failing(2, "LoadFailed", 5)]), at(31)).phase).toBe("Updating");
  });
});

describe("a canary", () => {
  const d = desired({ stableRevision: 1, desiredRevision: 2, canaryWeight: 20, generation: 2 });
  it("waits for a ready replica, then gets its share and holds it", () => {
    expect(weights(decide(d, absent, at(1)).apply)).toEqual({ 1: 100, 2: 0 });
    const ready = [rev(1, { weight: 80 }), rev(2, { weight: 20 })];
    const held = decide(d, holding(d, ready), at(2));
    expect(held).toMatchObject({ apply: null, phase: "Ready", requeueAfterMs: null });
    expect(held.promote).toBeUndefined();
    expect(weights(decide(d, { ...(holding(d, [rev(1)]) as object), revisions: ready } as Observation, at(2)).apply)).toEqual({ 1: 80, 2: 20 });
  });
  it("that loses its replicas loses its traffic", () => {
    const lost = { exists: true, generation: 2, specHash: "x", revisions: [rev(1, { weight: 80 }), rev(2, { weight: 20, ready: 0 })], replicas: [], conditions: [] } as Observation;
    expect(weights(decide(d, lost, at(2)).apply)).toEqual({ 1: 100, 2: 0 });
  });
  it("that is promoted takes everything", () => {
    const promoted = desired({ ...d, canaryWeight: null, generation: 3 });
    const observed = { exists: true, generation: 2, specHash: "x", revisions: [rev(1, { weight: 80 }), rev(2, { weight: 20 })], replicas: [], conditions: [] } as Observation;
    expect(weights(decide(promoted, observed, at(2)).apply)).toEqual({ 1: 0, 2: 100 });
  });
});

describe("a serving deployment", () => {
  const d = desired({ stableRevision: 1, observedGeneration: 1, phase: "Ready" });
  it("with nothing to do asks for nothing, and deciding again changes nothing", () => {
    const first = decide(d, holding(d, [rev(1)]), at(5));
    expect(first).toMatchObject({ apply: null, remove: false, phase: "Ready", requeueAfterMs: null });
    const again = decide({ ...d, status: first.status }, holding(d, [rev(1)]), at(500));
    expect(again).toEqual({ ...first, events: [] });
  });
  it("that drifted is applied again", () => {
    expect(decide(d, { ...(holding(d, [rev(1)]) as object), specHash: "someone else's" } as Observation, at(5)).apply).not.toBeNull();
    expect(decide(d, absent, at(5)).apply).not.toBeNull();
  });
  it("that lost some replicas is Degraded, that lost all in a crash loop is Failed and still kept", () => {
    const two = desired({ ...d, scaling: { min: 2, max: 2, targetConcurrency: 4 } });
    expect(decide(two, holding(two, [{ ...failing(1, "Crashed", 1, 100), ready: 1 }]), at(5)).phase).toBe("Degraded");
    const out = decide(d, holding(d, [failing(1, "Crashed", 4, 100)]), at(5));
    expect(out).toMatchObject({ phase: "Failed", apply: null });
    expect(out.status.message).toContain("no such operator");
  });
});

describe("stop, start and delete", () => {
  it("stopped keeps the spec without replicas and is Stopped once none lives", () => {
    const d = desired({ stableRevision: 1, desiredState: "stopped", generation: 2 });
    expect(decide(d, absent, at(1)).apply).toMatchObject({ stopped: true, scaling: { min: 0, max: 0 } });
    expect(decide(desired({ stableRevision: 1 }), absent, at(1)).apply).not.toHaveProperty("stopped");
    expect(decide(d, holding(d, [rev(1, { wanted: 0, ready: 0 })]), at(1))).toMatchObject({ phase: "Stopped", requeueAfterMs: null });
    const live = { ...(holding(d, []) as object), replicas: [{ id: "r", revision: 1, state: "draining", createdAt: T0.toISOString(), placedAt: T0.toISOString(), loadingAt: null, readyAt: null, endedAt: null, message: null }] } as Observation;
    expect(decide(d, live, at(1))).toMatchObject({ phase: "Stopping", requeueAfterMs: 200 });
  });
  it("deleted is removed while the target holds it, and done when it holds nothing, even if it never did", () => {
    const d = desired({ desiredState: "deleted" });
    expect(decide(d, holding(desired(), [rev(1)]), at(1))).toMatchObject({ remove: true, done: false, apply: null, phase: "Deleting" });
    expect(decide(d, absent, at(1))).toMatchObject({ remove: false, done: true, apply: null });
  });
});

describe("a target that cannot be asked", () => {
  it("keeps what was known, says so, and is asked ever more rarely", () => {
    const d = desired({ stableRevision: 1, phase: "Ready", status: { ...EMPTY_STATUS, message: "1 replica serves." } });
    const out = decide(d, { unreachable: "connection refused" }, at(0));
    expect(out).toMatchObject({ apply: null, remove: false, done: false, phase: "Ready", requeueAfterMs: 500, status: { message: "1 replica serves." } });
    expect(out.status.conditions).toContainEqual({ type: "TargetReachable", status: "False", reason: "Unreachable", message: "connection refused", since: at(0).toISOString() });
    expect(decide({ ...d, status: out.status }, { unreachable: "connection refused" }, at(3600)).requeueAfterMs).toBe(15_000);
  });
});

describe("a deployment whose spec cannot be made", () => {
  it("waits, with the reason in words, and applies nothing", () => {
    expect(decide(desired({ blocked: "Not set in this project: KEY." }), absent, at(1))).toMatchObject({ apply: null, phase: "Pending", status: { message: "Not set in this project: KEY." }, requeueAfterMs: 10_000 });
  });
});

describe("a minimum of zero", () => {
  const scaling = { min: 0, max: 2, targetConcurrency: 4, idleSecondsBeforeZero: 60 };
  const ended = (id: string, second: number) => ({ id, revision: 1, state: "exited" as const, createdAt: at(0).toISOString(), placedAt: at(0).toISOString(), loadingAt: at(1).toISOString(), readyAt: at(2).toISOString(), endedAt: at(second).toISOString(), message: null });

  it("still starts one replica at first, and lets the revision go to none once it serves", () => {
    const first = decide(desired({ scaling }), absent, at(1)).apply;
    expect(first?.revisions[0]).not.toHaveProperty("mayScaleToZero");
    expect(decide(desired({ scaling, stableRevision: 1 }), absent, at(1)).apply?.revisions[0]).toMatchObject({ n: 1, mayScaleToZero: true });
    expect(decide(desired({ stableRevision: 1 }), absent, at(1)).apply?.revisions[0]).not.toHaveProperty("mayScaleToZero");
  });
  it("is Asleep and at rest when the target wants no replica and none has failed; told once each time", () => {
    const d = desired({ scaling, stableRevision: 1 });
    const observed = { ...holding(d, [rev(1, { wanted: 0, ready: 0 })]), replicas: [ended("a", 70), ended("b", 400)] } as Observation;
    const out = decide(d, observed, at(500));
    expect(out).toMatchObject({ phase: "Asleep", apply: null, requeueAfterMs: null, status: { lastStart: { revision: 1, seconds: 2 } } });
    expect(out.status.conditions).toContainEqual(expect.objectContaining({ type: "Available", status: "False", reason: "ScaledToZero" }));
    expect(out.events.filter((e) => e.reason === "ScaledToZero").map((e) => e.key)).toEqual(["asleep:b"]);
  });
  it("is Deploying while a request wakes it, and Ready again after that", () => {
    const d = desired({ scaling, stableRevision: 1, phase: "Asleep" });
    expect(decide(d, holding(d, [rev(1, { wanted: 1, ready: 0, starting: 1 })]), at(500))).toMatchObject({ phase: "Deploying", status: { message: "A request came: a replica is starting." } });
    expect(decide(d, holding(d, [rev(1)]), at(501))).toMatchObject({ phase: "Ready" });
  });
  it("is not sleep when its starts fail", () => {
    const d = desired({ scaling, stableRevision: 1 });
    expect(decide(d, holding(d, [failing(1, "Crashed", 3, 100)]), at(500)).phase).toBe("Failed");
  });
  it("keeps both revisions of a canary awake, and lets the serving one sleep while a plain successor starts", () => {
    const canary = decide(desired({ scaling, stableRevision: 1, desiredRevision: 2, canaryWeight: 10 }), absent, at(1)).apply;
    expect(canary?.revisions.map((r) => r.mayScaleToZero)).toEqual([undefined, undefined]);
    const rolling = decide(desired({ scaling, stableRevision: 1, desiredRevision: 2 }), absent, at(1)).apply;
    expect(rolling?.revisions.map((r) => [r.n, r.mayScaleToZero])).toEqual([[1, true], [2, undefined]]);
  });
  it("is Failed, and at rest, when a successor was given up while what serves sleeps", () => {
    const before = desired({ scaling, stableRevision: 1, desiredRevision: 2, generation: 2 });
    const d = { ...before, status: { ...before.status, failed: { revision: 2, generation: 2, reason: "LoadFailed", message: "no such operator.", at: at(1).toISOString() } } };
    expect(decide(d, holding(d, [rev(1, { wanted: 0, ready: 0 })]), at(500))).toMatchObject({ phase: "Failed", requeueAfterMs: null });
  });
  it("stopped by its user is Stopped, not asleep", () => {
    const d = desired({ scaling, stableRevision: 1, desiredState: "stopped" });
    expect(decide(d, holding(d, [rev(1, { wanted: 0, ready: 0 })]), at(500)).phase).toBe("Stopped");
  });
});
