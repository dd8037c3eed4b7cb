import { describe, expect, it } from "vitest";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { T0, absent, at, desired, failing, holding, rev, weights } from "@/lib/reconciler/__fixtures__/desired-world";
import { decide } from "@/lib/reconciler/decide";
import type { Decision, Desired } from "@/lib/reconciler/desired";
import type { Observation, ReplicaObservation } from "@/lib/targets/target";

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
