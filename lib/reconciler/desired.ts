import type { StoredCanaryPlan } from "@/lib/deployments/canary-plan";
import type { Phase } from "@/lib/deployments/schema";
import type { StoredStatus } from "@/lib/deployments/stored-status";
import type { DeploymentRef, DeploymentSpec, Observation, RevisionSpec, ScalingSpec } from "@/lib/targets/target";

/** All that `decide` knows of what is wanted and of what was written down last. */
export type Desired = {
  ref: DeploymentRef;
  generation: number;
  observedGeneration: number;
  desiredState: "running" | "stopped" | "deleted";
  public: boolean;
  scaling: ScalingSpec;
  stableRevision: number | null;
  desiredRevision: number;
  canaryWeight: number | null;
  /** By which the canary moves by itself; null: a person moves it. */
  canaryPlan: StoredCanaryPlan | null;
  canaryPaused: boolean;
  /** The stable and the desired one, ready but for their weight. */
  revisions: ReadonlyMap<number, Omit<RevisionSpec, "weight">>;
  /** Why no spec can be made, in words: a secret that is not set any more. */
  blocked: string | null;
  phase: Phase;
  status: StoredStatus;
  /** Handed on to a cluster as it is. */
  cluster?: DeploymentSpec["cluster"];
};

/** What the target said, or that it could not be asked. */
export type Observed = Observation | { unreachable: string };

export type EventDraft = { key: string; at: string; type: "Normal" | "Warning"; reason: string; message: string; revision: number | null; replica: string | null };

export type Decision = {
  /** Hand this to the target; null: it holds it already. */
  apply: DeploymentSpec | null;
  remove: boolean;
  /** The target holds nothing and nothing is wanted: the row may go. */
  done: boolean;
  phase: Phase;
  observedGeneration: number;
  status: StoredStatus;
  /** The revision that serves from now on. */
  promote?: number;
  /** A canary is given up: this revision is wanted from now on, as if a person had said so. */
  rollBackTo?: number;
  /** Percent that a canary which moves by itself has from now on; left out: as it is. */
  canaryWeight?: number | null;
  events: EventDraft[];
  /** When to look again, ms; null: nothing is under way, the resync keeps an eye on it. */
  requeueAfterMs: number | null;
};
