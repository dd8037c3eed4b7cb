import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { decide } from "@/lib/reconciler/decide";
import type { Desired } from "@/lib/reconciler/desired";
import { specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Observation, RevisionObservation, RevisionSpec } from "@/lib/targets/target";

export const T0 = new Date("2026-11-01T12:00:00.000Z");
export const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);

const revision = (n: number): Omit<RevisionSpec, "weight"> => ({
  n, runtime: "onnx", model: "d", files: [], format: "onnx", resources: { cpuMillicores: 500, memoryMib: 512, accelerator: null }, env: {}, secrets: {}, queueLimit: 10,
});

export const desired = (o: Partial<Desired> = {}): Desired => ({
  ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 1, observedGeneration: 0, desiredState: "running", public: false, scaling: { min: 1, max: 2, targetConcurrency: 4 },
  stableRevision: null, desiredRevision: 1, canaryWeight: null, canaryPlan: null, canaryPaused: false, revisions: new Map([1, 2, 3].map((n) => [n, revision(n)])), blocked: null, phase: "Pending",
  status: statusOnChange(EMPTY_STATUS, o.desiredRevision ?? 1, T0), ...o,
});

export const rev = (n: number, o: Partial<RevisionObservation> = {}): RevisionObservation => ({ n, weight: 100, wanted: 1, starting: 0, ready: 1, consecutiveFailures: 0, nextAttemptAt: null, lastError: null, ...o });

/** The target holds exactly what `decide` would apply, and tells these revisions. */
export function holding(d: Desired, revisions: RevisionObservation[], now = at(1)): Observation {
  const shown: Observation = { exists: true, generation: d.generation, specHash: "", revisions, replicas: [], conditions: [] };
  const spec = decide(d, shown, now).apply;
  return { ...shown, specHash: spec ? specHash(spec) : "" };
}
export const weights = (spec: DeploymentSpec | null) => spec && Object.fromEntries(spec.revisions.map((r) => [r.n, r.weight]));
export const failing = (n: number, reason: "LoadFailed" | "Crashed" | "DigestMismatch", count: number, weight = 0) =>
  rev(n, { weight, ready: 0, consecutiveFailures: count, lastError: { reason, message: "no such operator", at: at(1).toISOString() } });
export const absent: Observation = { exists: false };
