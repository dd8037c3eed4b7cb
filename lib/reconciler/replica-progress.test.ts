import { describe, expect, it } from "vitest";
import type { StoredStatus } from "@/lib/deployments/stored-status";
import type { Observation, ReplicaObservation } from "@/lib/targets/target";
import { timeline } from "./replica-progress";

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
