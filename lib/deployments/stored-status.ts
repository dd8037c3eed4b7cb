import type { CanaryMeasures } from "@/lib/deployments/canary-plan";
import type { RevisionObservation } from "@/lib/targets/target";

export type Condition = { type: string; status: "True" | "False" | "Unknown"; reason: string; message: string; since: string };

export type TimelineStep = { step: "queued" | "placed" | "loading" | "ready"; at: string; seconds: number | null };

/** How far a replica has come, as last written down: what events and the cost ledger already know of it. */
export type ReplicaStep = "created" | "placed" | "loading" | "ready" | "ended";

/** How far a canary that moves by itself is; `step` from 0. It stays when it is over, as how it ended. */
export type CanaryProgress = {
  /** Of the plan. */
  since: string;
  revision: number;
  step: number;
  stepSince: string | null;
  state: "running" | "promoting" | "promoted" | "rolledBack";
  reason: string;
  measured: CanaryMeasures | null;
  /** Of what is said here. */
  at: string;
};

/** Deployment.status as stored. The API shows a part of it (present-deployment.ts). */
export type StoredStatus = {
  message: string;
  conditions: Condition[];
  replicas: { wanted: number; starting: number; ready: number };
  revisions: RevisionObservation[];
  timeline: TimelineStep[];
  /** The change being rolled out, or the last one: what the timeline and the progress deadline count from. */
  rollout: { revision: number; startedAt: string } | null;
  /** Set when a revision was given up; holds until the user's next change. */
  failed: { revision: number; generation: number; reason: string; message: string; at: string } | null;
  /** The newest measured start of a replica, from asked for to serving; null: none was seen yet. */
  lastStart: { revision: number; at: string; seconds: number; /** Of it, from being placed on. */ placedSeconds?: number } | null;
  canary: CanaryProgress | null;
  seen: Record<string, ReplicaStep>;
  /** Hash of the spec the target held when this was written: a resync compares it without building the spec again. */
  specHash: string | null;
};

export const EMPTY_STATUS: StoredStatus = {
  message: "Waiting for a worker.", conditions: [], replicas: { wanted: 0, starting: 0, ready: 0 }, revisions: [], timeline: [], rollout: null, failed: null, lastStart: null, canary: null, seen: {}, specHash: null,
};

/** The column as this version of Slipway knows it: what an older one did not write gets its empty value. */
export const readStatus = (column: unknown): StoredStatus => ({ ...EMPTY_STATUS, ...(column as Partial<StoredStatus> | null) });

/** Status at the moment of a user's change: nothing observed is lost, the clock of the rollout starts anew. */
export function statusOnChange(before: StoredStatus, revision: number, now: Date): StoredStatus {
  return { ...before, message: "Waiting for a worker.", failed: null, rollout: { revision, startedAt: now.toISOString() }, timeline: [{ step: "queued", at: now.toISOString(), seconds: null }] };
}
