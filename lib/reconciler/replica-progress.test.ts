import { describe, expect, it } from "vitest";
import type { StoredStatus } from "@/lib/deployments/stored-status";
import type { Observation, ReplicaObservation } from "@/lib/targets/target";
import { replicaProgress, stepOf, timeline } from "./replica-progress";

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 12, 0, second)).toISOString();
const replica = (change: Partial<ReplicaObservation>): ReplicaObservation => ({ id: "r-1", revision: 2, state: "starting", createdAt: at(1), placedAt: null, loadingAt: null, readyAt: null, endedAt: null, message: null, ...change }) as ReplicaObservation;
const observed = (...replicas: ReplicaObservation[]) => ({ exists: true, replicas }) as unknown as Observation;
const status = (steps: StoredStatus["timeline"]) => ({ rollout: { revision: 2, startedAt: at(0) }, timeline: steps }) as unknown as StoredStatus;
const words = (steps: StoredStatus["timeline"]) => steps.map((s) => [s.step, s.seconds]);
const now = new Date(at(30));

describe("the timeline of a rollout", () => {
  it("has each step with the seconds until the next", () => {
    const made = timeline(status([]), observed(replica({ placedAt: at(2), loadingAt: at(5), readyAt: at(9), state: "ready" })), false, now);
    expect(words(made)).toEqual([["queued", 2], ["placed", 3], ["loading", 4], ["ready", null]]);
  });
  it("counts a replica that a cluster, whose times are whole seconds, made in the second of the change", () => {
    const within = { ...status([]), rollout: { revision: 2, startedAt: at(1).replace(".000Z", ".615Z") } } as unknown as StoredStatus;
    expect(words(timeline(within, observed(replica({ createdAt: at(1), placedAt: at(2), loadingAt: at(2), readyAt: at(4), state: "ready" })), false, now))).toEqual([["queued", 0.385], ["placed", 0], ["loading", 2], ["ready", null]]);
  });
  it("keeps how far a later revision came after its failed replicas are gone", () => {
    const came = timeline(status([]), observed(replica({ placedAt: at(2), loadingAt: at(5), state: "failed", endedAt: at(6) })), false, now);
    expect(words(came)).toEqual([["queued", 2], ["placed", 3], ["loading", null]]);
    expect(timeline(status(came), observed(replica({ id: "r-0", revision: 1, createdAt: at(-60), state: "ready" })), false, now)).toEqual(came);
  });
  it("begins anew with another rollout", () => {
    const earlier = [{ step: "queued", at: at(-50), seconds: 1 }, { step: "placed", at: at(-49), seconds: null }] as StoredStatus["timeline"];
    expect(words(timeline(status(earlier), observed(), false, now))).toEqual([["queued", null]]);
  });
  it("takes a replica of an earlier revision for none of this one", () => {
    expect(words(timeline(status([]), observed(replica({ revision: 1, placedAt: at(2), readyAt: at(3), state: "ready" })), false, now))).toEqual([["queued", null]]);
  });
});

describe("what is new of a replica", () => {
  const whole = replica({ placedAt: at(2), loadingAt: at(3), readyAt: at(5), state: "ready" });
  const told = (seen: StoredStatus["seen"], ...replicas: ReplicaObservation[]) => replicaProgress(seen, observed(...replicas), now).events.map((e) => [e.key, e.at, e.type, e.reason, e.message]);

  it("is each of its steps once, with the target's own times", () => {
    expect(told({}, whole)).toEqual([
      ["replica:r-1:placed", at(2), "Normal", "Placed", "A replica was given its place and started."], ["replica:r-1:loading", at(3), "Normal", "Loading", "The replica loads the model."], ["replica:r-1:ready", at(5), "Normal", "Ready", "The replica serves."],
    ]);
    expect(told({ "r-1": "placed" }, whole).map(([key]) => key)).toEqual(["replica:r-1:loading", "replica:r-1:ready"]);
    expect(told({ "r-1": "ready" }, whole)).toEqual([]);
    expect(told({}, replica({}))).toEqual([]);
    expect(replicaProgress({ "r-0": "ready" }, observed(whole), now).seen).toEqual({ "r-1": "ready" });
    expect(replicaProgress({ "r-1": "ready" }, { exists: false }, now)).toEqual({ seen: {}, events: [], started: null });
  });
  it("ends by a failure in its own words, or drained; where the target does not say when, now", () => {
    const end = (o: Partial<ReplicaObservation>) => told({ "r-1": "ready" }, { ...whole, ...o });
    expect(end({ state: "failed", endedAt: at(9), message: "exit 1" })).toEqual([["replica:r-1:ended", at(9), "Warning", "ReplicaFailed", "exit 1"]]);
    expect(end({ state: "failed" })).toEqual([["replica:r-1:ended", at(30), "Warning", "ReplicaFailed", "The replica ended by itself."]]);
    expect(end({ state: "exited", endedAt: at(9) })).toEqual([["replica:r-1:ended", at(9), "Normal", "ReplicaEnded", "The replica was drained and ended."]]);
    expect(end({ state: "exited", endedAt: at(9), message: "OOM" })).toEqual([["replica:r-1:ended", at(9), "Warning", "ReplicaFailed", "OOM"]]);
    expect(told({}, replica({ state: "failed", endedAt: at(4), placedAt: at(2) })).map(([key]) => key)).toEqual(["replica:r-1:placed", "replica:r-1:ended"]);
  });
  it("is a measured start, the newest, from asked for to serving", () => {
    const started = (...replicas: ReplicaObservation[]) => replicaProgress({}, observed(...replicas), now).started;
    expect(started(whole, { ...whole, id: "r-2", createdAt: at(4), placedAt: at(6), readyAt: at(12) }, replica({ id: "r-3" }))).toEqual({ revision: 2, at: at(12), seconds: 8, placedSeconds: 6 });
    expect(started({ ...whole, placedAt: null })).toEqual({ revision: 2, at: at(5), seconds: 4 });
    expect(started({ ...whole, createdAt: at(8) })).toMatchObject({ seconds: 0 });
    expect(started(replica({}))).toBeNull();
  });
  it("has come as far as its newest time, and has ended by its state too", () => {
    expect([replica({}), replica({ placedAt: at(2) }), replica({ loadingAt: at(2) }), whole, { ...whole, state: "exited" as const }, { ...whole, state: "failed" as const }, { ...whole, endedAt: at(9) }].map(stepOf)).toEqual(["created", "placed", "loading", "ready", "ended", "ended", "ended"]);
  });
});
