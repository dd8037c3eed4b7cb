import { describe, expect, it } from "vitest";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { decide } from "@/lib/reconciler/decide";
import type { Decision, Desired } from "@/lib/reconciler/desired";
import { specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Observation, ReplicaObservation, RevisionObservation, RevisionSpec } from "@/lib/targets/target";

const T0 = new Date("2026-11-01T12:00:00.000Z");
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);

const revision = (n: number): Omit<RevisionSpec, "weight"> => ({
  n, runtime: "onnx", model: "d", files: [], format: "onnx", resources: { cpuMillicores: 500, memoryMib: 512, accelerator: null }, env: {}, secrets: {}, queueLimit: 10,
});

const desired = (o: Partial<Desired> = {}): Desired => ({
  ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 1, observedGeneration: 0, desiredState: "running", public: false, scaling: { min: 1, max: 2, targetConcurrency: 4 },
  stableRevision: null, desiredRevision: 1, canaryWeight: null, canaryPlan: null, canaryPaused: false, revisions: new Map([1, 2, 3].map((n) => [n, revision(n)])), blocked: null, phase: "Pending",
  status: statusOnChange(EMPTY_STATUS, o.desiredRevision ?? 1, T0), ...o,
});

const rev = (n: number, o: Partial<RevisionObservation> = {}): RevisionObservation => ({ n, weight: 100, wanted: 1, starting: 0, ready: 1, consecutiveFailures: 0, nextAttemptAt: null, lastError: null, ...o });

/** The target holds exactly what `decide` would apply, and tells these revisions. */
function holding(d: Desired, revisions: RevisionObservation[], now = at(1)): Observation {
  const shown: Observation = { exists: true, generation: d.generation, specHash: "", revisions, replicas: [], conditions: [] };
  const spec = decide(d, shown, now).apply;
  return { ...shown, specHash: spec ? specHash(spec) : "" };
}
const weights = (spec: DeploymentSpec | null) => spec && Object.fromEntries(spec.revisions.map((r) => [r.n, r.weight]));
const failing = (n: number, reason: "LoadFailed" | "Crashed" | "DigestMismatch", count: number, weight = 0) =>
  rev(n, { weight, ready: 0, consecutiveFailures: count, lastError: { reason, message: "no such operator", at: at(1).toISOString() } });
const absent: Observation = { exists: false };

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
    expect(decide(d, absent, at(1)).apply?.scaling).toMatchObject({ min: 0, max: 0 });
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

describe("what a decision tells besides", () => {
  const rolling = desired({ stableRevision: 1, desiredRevision: 2, generation: 2, phase: "Ready" });
  const replica = (n: number, o: Partial<ReplicaObservation> = {}): ReplicaObservation => ({ id: `r${n}`, revision: n, state: "ready", createdAt: at(1).toISOString(), placedAt: at(2).toISOString(), loadingAt: at(3).toISOString(), readyAt: at(5).toISOString(), endedAt: null, message: null, ...o });
  const told = (decision: Decision, reason: string) => decision.events.filter((e) => e.reason === reason);

  it("an event when a revision serves, once for each generation, with what the target itself told", () => {
    const interrupted = { key: "spot:1", at: at(4).toISOString(), type: "Warning" as const, reason: "SpotInterrupted", message: "Its node is taken back.", revision: 1, replica: null };
    const out = decide(desired({ generation: 7 }), { ...holding(desired({ generation: 7 }), [rev(1)]), replicas: [replica(1)], events: [interrupted] } as Observation, at(6));
    expect(told(out, "Serving")).toEqual([{ key: "serving:7:1", at: at(6).toISOString(), type: "Normal", reason: "Serving", message: "Revision 1 serves.", revision: 1, replica: null }]);
    expect(told(out, "SpotInterrupted")).toEqual([interrupted]);
    expect(told(out, "Ready").map((e) => e.replica)).toEqual(["r1"]);
    expect(told(decide(desired(), holding(desired(), [rev(1, { ready: 0, starting: 1 })]), at(6)), "Serving")).toEqual([]);
  });
  it("why a revision was given up, and what serves instead", () => {
    const words = (d: Desired, weight: number) => told(decide(d, { ...(holding(d, [rev(1)]) as object), revisions: [failing(d.desiredRevision, "LoadFailed", 2, weight)] } as Observation, at(2)), "RolloutFailed");
    expect(words(rolling, 0)).toEqual([expect.objectContaining({ key: "gave-up:2", type: "Warning", revision: 2, message: "Revision 2 was given up. no such operator Revision 1 goes on serving." })]);
    expect(words(desired(), 100)[0]!.message).toBe("Revision 1 was given up. no such operator Nothing serves.");
  });
  it("is told once: what was given up in this generation is not judged again, what was in an earlier one is tried again", () => {
    const failed = { revision: 2, reason: "LoadFailed", message: "m", at: T0.toISOString() };
    const again = { ...rolling, status: { ...rolling.status, failed: { ...failed, generation: 2 } } };
    expect(told(decide(again, holding(again, [rev(1), failing(2, "LoadFailed", 2)]), at(2)), "RolloutFailed")).toEqual([]);
    const earlier = { ...rolling, status: { ...rolling.status, failed: { ...failed, generation: 1 } } };
    expect(weights(decide(earlier, absent, at(2)).apply)).toEqual({ 1: 100, 2: 0 });
  });
  it("nothing of failing starts while it is stopped, or once its revision serves", () => {
    const stopped = desired({ ...rolling, desiredState: "stopped" });
    expect(decide(stopped, holding(stopped, [failing(2, "LoadFailed", 9)]), at(2))).toMatchObject({ phase: "Stopped", status: { failed: null } });
    const serves = desired({ stableRevision: 1, phase: "Ready" });
    expect(decide(serves, holding(serves, [failing(1, "LoadFailed", 9, 100)]), at(2)).status.failed).toBeNull();
    expect(decide(rolling, holding(rolling, [rev(1), { ...failing(2, "Crashed", 9), ready: 1 }]), at(2)).status.failed).toBeNull();
  });
  it("a timeline that is done when it is Ready, also where no new replica was needed", () => {
    const d = desired({ stableRevision: 1 });
    expect(decide(d, holding(d, [rev(1)]), at(9)).status.timeline.map((s) => [s.step, s.seconds])).toEqual([["queued", 9], ["ready", null]]);
    expect(decide(d, { ...(holding(d, [rev(1)]) as object), specHash: "drifted" } as Observation, at(9)).status.timeline.map((s) => s.step)).toEqual(["queued"]);
    expect(decide(d, holding(d, [rev(1, { ready: 0, starting: 1 })]), at(9)).status.timeline.map((s) => s.step)).toEqual(["queued"]);
  });
  it("the old canary's end is forgotten with the next plain change, and stays while nothing changes", () => {
    const canary = { since: "s", revision: 2, step: 1, stepSince: null, state: "rolledBack" as const, reason: "p99", measured: null, at: T0.toISOString() };
    const kept = desired({ stableRevision: 1, status: { ...statusOnChange(EMPTY_STATUS, 1, T0), canary } });
    expect(decide(kept, holding(kept, [rev(1)]), at(2)).status.canary).toEqual(canary);
    const changed = desired({ ...rolling, status: { ...rolling.status, canary } });
    expect(decide(changed, holding(changed, [rev(1)]), at(2)).status.canary).toBeNull();
  });
  it("no revisions where the target holds none", () => {
    expect(decide(desired(), absent, at(1)).status.revisions).toEqual([]);
    expect(decide(desired({ desiredState: "deleted" }), absent, at(1)).status.revisions).toEqual([]);
  });
  it("the revisions of a spec in their order, and refuses one that was not read", () => {
    const back = desired({ stableRevision: 3, desiredRevision: 2, generation: 3 });
    expect(decide(back, absent, at(1)).apply?.revisions.map((r) => r.n)).toEqual([2, 3]);
    expect(() => decide(desired({ desiredRevision: 8 }), absent, at(1))).toThrow("revision 8 of deployment 1 was not read");
    const cluster = { namespace: "slipway-p" } as unknown as NonNullable<Desired["cluster"]>;
    expect(decide(desired({ cluster }), absent, at(1)).apply).toMatchObject({ cluster });
  });
  it("how many still drain while it is deleted", () => {
    const d = desired({ desiredState: "deleted" });
    const observed = holding(desired(), [rev(1, { ready: 2 }), rev(2, { ready: 1 })]);
    expect(decide(d, observed, at(1))).toMatchObject({ requeueAfterMs: 150, status: { message: "Its replicas are being drained.", replicas: { wanted: 0, starting: 0, ready: 3 }, revisions: [{ n: 1 }, { n: 2 }], conditions: [{ type: "TargetReachable", status: "True" }] } });
    expect(decide(d, absent, at(1))).toMatchObject({ requeueAfterMs: null, status: { message: "Gone.", replicas: { wanted: 0, starting: 0, ready: 0 } } });
  });
  it("what is blocked neither leaves nor ends, and what serves keeps its phase", () => {
    const out = decide(desired({ blocked: "No key.", stableRevision: 1, phase: "Degraded" }), absent, at(1));
    expect(out).toMatchObject({ apply: null, remove: false, done: false, phase: "Degraded", observedGeneration: 0 });
    expect(out.status.conditions).toContainEqual({ type: "Progressing", status: "False", reason: "Blocked", message: "No key.", since: at(1).toISOString() });
  });
  it("a target that is away: Deleting stays Deleting, no event, and the wait grows from when it went", () => {
    const d = desired({ stableRevision: 1, desiredState: "deleted", phase: "Ready", status: { ...EMPTY_STATUS, conditions: [{ type: "Available", status: "True", reason: "Serving", message: "", since: at(0).toISOString() }] } });
    const first = decide(d, { unreachable: "refused" }, at(0));
    expect(first).toMatchObject({ phase: "Deleting", events: [], requeueAfterMs: 500 });
    expect(decide({ ...d, status: first.status }, { unreachable: "refused" }, at(20)).requeueAfterMs).toBe(5_000);
  });
  it("when to look again: at once while it changes, then ever more rarely, never when it is at rest", () => {
    const starting = [rev(1, { ready: 0, starting: 1 })];
    const again = (seconds: number) => decide(desired(), holding(desired(), starting, at(seconds)), at(seconds)).requeueAfterMs;
    expect([1, 59.999, 60, 299, 300, 590].map(again)).toEqual([200, 200, 1000, 1000, 5000, 5000]);
    expect(decide(desired(), { ...(holding(desired(), starting) as object), specHash: "other" } as Observation, at(1)).requeueAfterMs).toBe(150);
    expect(decide(desired(), holding(desired(), [rev(1)]), at(1)).requeueAfterMs).toBe(150); // it begins to serve in this very pass
    const untold = desired({ status: { ...EMPTY_STATUS } });
    expect(decide(untold, holding(untold, starting, at(999)), at(999)).requeueAfterMs).toBe(200);
  });
});
