import type { Desired } from "@/lib/reconciler/desired";
import type { Observation, RevisionObservation } from "@/lib/targets/target";

export type Weighing = {
  /** Revision → percent. What is not in it is to be drained. */
  weights: Map<number, number>;
  /** starting: the new revision waits for its replicas. canary: it holds its share. moving: it takes all. settled: there is only one. */
  stage: "settled" | "starting" | "canary" | "moving";
  promote?: number;
};

/** Ready replicas that a revision needs before traffic moves to it. */
export const neededReplicas = (d: Pick<Desired, "scaling">) => Math.max(1, d.scaling.min);

export const observedRevision = (observed: Observation, n: number): RevisionObservation | undefined =>
  observed.exists ? observed.revisions.find((r) => r.n === n) : undefined;

/**
 * Who gets which share. The old revision leaves the spec only once the target has been seen sending everything to the new one,
 * so that no request meets a replica that is being taken away.
 */
export function weigh(d: Desired, observed: Observation, gaveUp: boolean): Weighing {
  const { stableRevision: stable, desiredRevision: desired } = d;
  const candidate = observedRevision(observed, desired);
  const ready = candidate?.ready ?? 0;
  if (stable === null) {
    // Nothing serves yet: the first replica may serve the moment it is ready, without another round through us.
    return { weights: new Map([[desired, 100]]), stage: "settled", ...(ready >= neededReplicas(d) && !gaveUp ? { promote: desired } : {}) };
  }
  if (stable === desired) return { weights: new Map([[desired, 100]]), stage: "settled" };
  if (gaveUp) return { weights: new Map([[stable, 100]]), stage: "settled" };
  const enough = ready >= ((candidate?.weight ?? 0) > 0 ? 1 : neededReplicas(d));
  if (!enough) return { weights: new Map([[stable, 100], [desired, 0]]), stage: "starting" };
  if (d.canaryWeight !== null) return { weights: new Map([[stable, 100 - d.canaryWeight], [desired, d.canaryWeight]]), stage: "canary" };
  if (candidate?.weight === 100) return { weights: new Map([[desired, 100]]), stage: "settled", promote: desired };
  return { weights: new Map([[stable, 0], [desired, 100]]), stage: "moving" };
}
