import type { CanaryMeasures } from "@/lib/deployments/canary-plan";
import type { Phase } from "@/lib/deployments/schema";
import type { StoredStatus } from "@/lib/deployments/stored-status";
import { canaryDelayMs, progressOf, runningPlan, stepCanary, type CanaryTurn } from "@/lib/reconciler/canary/step-canary";
import { setCondition } from "@/lib/reconciler/conditions";
import type { Decision, Desired, EventDraft, Observed } from "@/lib/reconciler/desired";
import { giveUp, type Verdict } from "@/lib/reconciler/give-up";
import { replicaProgress, timeline } from "@/lib/reconciler/replica-progress";
import { observedRevision, weigh, type Weighing } from "@/lib/reconciler/weigh";
import { judge } from "@/lib/reconciler/judge";
import { specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Observation } from "@/lib/targets/target";

/**
 * What to do about a deployment, from what is wanted and what is there. Pure and level-triggered: it looks at states, never at
 * how they came about, so a lost pass or a doubled one changes nothing.
 */
export function decide(wanted: Desired, observed: Observed, now: Date, measures: CanaryMeasures | null = null): Decision {
  const { d, canary } = withCanary(wanted, observed, now, measures);
  if ("unreachable" in observed) return unreachable(d, observed.unreachable, now);
  const progress = told(replicaProgress(d.status.seen, observed, now), observed);
  const base: StoredStatus = { ...d.status, seen: progress.seen, lastStart: progress.started ?? d.status.lastStart, conditions: setCondition(d.status.conditions, now, { type: "TargetReachable", status: "True", reason: "Answers", message: "The target answers." }) };
  if (d.desiredState === "deleted") return deletion(d, observed, base, progress.events);
  if (d.blocked !== null) return blocked(d, base, progress.events, d.blocked, now);

  const failed = d.status.failed?.generation === d.generation ? d.status.failed : null;
  const fresh = failed || d.desiredState === "stopped" ? null : verdictOf(d, observed, now);
  const parks = fresh !== null && (fresh.final || d.stableRevision !== null) && canary === null;
  const weighing = weigh(d, observed, failed !== null || parks);
  const parked = d.stableRevision === null && (failed !== null || parks);
  const spec = specOf(d, weighing, d.desiredState === "stopped" || parked);
  const hash = specHash(spec);
  const inSync = observed.exists && observed.specHash === hash;

  const status: StoredStatus = { ...base, specHash: hash, ...(canary ? { canary: canary.progress } : d.desiredRevision === d.stableRevision ? {} : { canary: null }) };
  const events = [...progress.events, ...(canary?.events ?? [])];
  if (fresh && parks) {
    status.failed = { revision: d.desiredRevision, generation: d.generation, reason: fresh.reason, message: fresh.message, at: now.toISOString() };
    events.push({ key: `gave-up:${d.generation}`, at: now.toISOString(), type: "Warning", reason: "RolloutFailed", message: gaveUpWords(d, fresh), revision: d.desiredRevision, replica: null });
  }
  if (weighing.promote !== undefined) {
    events.push({ key: `serving:${d.generation}:${weighing.promote}`, at: now.toISOString(), type: "Normal", reason: "Serving", message: `Revision ${weighing.promote} serves.`, revision: weighing.promote, replica: null });
  }
  if (weighing.promote !== undefined && status.canary) status.canary = { ...status.canary, state: "promoted" };
  const judged = judge({ d, observed, weighing, inSync, canary: canary?.progress ?? null, failure: status.failed?.generation === d.generation ? status.failed : fresh, now });
  if (judged.event) events.push(judged.event);
  return {
    apply: inSync ? null : spec, remove: false, done: false, phase: judged.phase, events, promote: weighing.promote,
    ...(canary ? { canaryWeight: canary.progress.state === "promoting" ? null : d.canaryPlan!.steps[canary.progress.step]! } : {}),
    ...(canary?.rollBack ? { rollBackTo: d.stableRevision! } : {}),
    observedGeneration: inSync ? d.generation : d.observedGeneration,
    status: {
      ...status, message: judged.message, replicas: judged.replicas, revisions: observed.exists ? observed.revisions : [],
      conditions: judged.conditions.reduce((all, c) => setCondition(all, now, c), status.conditions),
      timeline: timeline(status, observed, inSync && judged.phase === "Ready", now),
    },
    requeueAfterMs: canary && inSync && !d.canaryPaused ? canaryDelayMs(d.canaryPlan!, canary.progress, now) : requeue(d, inSync, judged.steady, weighing, now),
  };
}

/** A canary that moves by itself is, in each pass, one that is held at the share of its step. */
function withCanary(d: Desired, observed: Observed, now: Date, measures: CanaryMeasures | null): { d: Desired; canary: CanaryTurn | null } {
  const plan = runningPlan(d);
  if (!plan || "unreachable" in observed || d.blocked !== null || d.status.failed?.generation === d.generation) return { d, canary: null };
  const failure = verdictOf(d, observed, now, new Date(progressOf(d, plan, now).at));
  const canary = stepCanary(d, plan, observed, measures, failure?.message ?? null, now);
  return { d: { ...d, canaryWeight: canary.weight }, canary };
}

/** With what the target itself has to tell: an interrupted node, a change by another hand. */
function told(progress: ReturnType<typeof replicaProgress>, observed: Observation): ReturnType<typeof replicaProgress> {
  return observed.exists && observed.events ? { ...progress, events: [...progress.events, ...observed.events] } : progress;
}

/** Only a revision that has not yet served can be given up: one that has is kept alive, with back-off, by the target. */
function verdictOf(d: Desired, observed: Observation, now: Date, waitsSince: Date | null = null): Verdict | null {
  if (d.stableRevision === d.desiredRevision) return null;
  const candidate = observedRevision(observed, d.desiredRevision);
  if ((candidate?.ready ?? 0) > 0) return null;
  return giveUp(candidate, d.status.rollout, now, waitsSince);
}

function gaveUpWords(d: Desired, verdict: Verdict): string {
  const rest = d.stableRevision === null ? "Nothing serves." : `Revision ${d.stableRevision} goes on serving.`;
  return `Revision ${d.desiredRevision} was given up. ${verdict.message} ${rest}`;
}

function specOf(d: Desired, weighing: Weighing, nothingRuns: boolean): DeploymentSpec {
  return {
    ref: d.ref, generation: d.generation, public: d.public, ...(d.desiredState === "stopped" ? { stopped: true } : {}),
    // Kept in the spec without replicas, rather than removed, so that the endpoint can say why it does not serve.
    scaling: nothingRuns ? { ...d.scaling, min: 0, max: 0 } : d.scaling,
    revisions: [...weighing.weights].sort(([a], [b]) => a - b).map(([n, weight]) => {
      const revision = d.revisions.get(n);
      if (!revision) throw new Error(`revision ${n} of deployment ${d.ref.id} was not read`);
      // A canary is compared with what serves, so that stays awake too.
      const mayScaleToZero = !nothingRuns && d.scaling.min === 0 && n === d.stableRevision && d.canaryWeight === null;
      return { ...revision, weight, ...(mayScaleToZero ? { mayScaleToZero } : {}) };
    }),
    ...(d.cluster ? { cluster: d.cluster } : {}),
  };
}

function deletion(d: Desired, observed: Observation, status: StoredStatus, events: EventDraft[]): Decision {
  const ready = observed.exists ? observed.revisions.reduce((sum, r) => sum + r.ready, 0) : 0;
  return {
    apply: null, remove: observed.exists, done: !observed.exists, phase: "Deleting", observedGeneration: d.observedGeneration, events,
    status: { ...status, message: observed.exists ? "Its replicas are being drained." : "Gone.", replicas: { wanted: 0, starting: 0, ready }, revisions: observed.exists ? observed.revisions : [] },
    requeueAfterMs: observed.exists ? 150 : null,
  };
}

function blocked(d: Desired, status: StoredStatus, events: EventDraft[], why: string, now: Date): Decision {
  return {
    apply: null, remove: false, done: false, phase: d.stableRevision === null ? "Pending" : d.phase, observedGeneration: d.observedGeneration, events,
    status: { ...status, message: why, conditions: setCondition(status.conditions, now, { type: "Progressing", status: "False", reason: "Blocked", message: why }) },
    requeueAfterMs: 10_000,
  };
}

const UNREACHABLE_LEAST_MS = 500;
const UNREACHABLE_MOST_MS = 15_000;

/** What was known stays: a target that cannot be asked is no proof that anything changed. Asked again ever more rarely. */
function unreachable(d: Desired, why: string, now: Date): Decision {
  const conditions = setCondition(d.status.conditions, now, { type: "TargetReachable", status: "False", reason: "Unreachable", message: why });
  const since = Date.parse(conditions.find((c) => c.type === "TargetReachable")!.since);
  const phase: Phase = d.desiredState === "deleted" ? "Deleting" : d.phase;
  return {
    apply: null, remove: false, done: false, phase, observedGeneration: d.observedGeneration, events: [], status: { ...d.status, conditions },
    requeueAfterMs: Math.min(UNREACHABLE_MOST_MS, Math.max(UNREACHABLE_LEAST_MS, (now.getTime() - since) / 4)),
  };
}

/** Often while a person is likely to be watching, ever more rarely as it drags on. */
function requeue(d: Desired, inSync: boolean, steady: boolean, weighing: Weighing, now: Date): number | null {
  if (!inSync || weighing.promote !== undefined) return 150;
  if (steady) return null;
  const ageMs = now.getTime() - Date.parse(d.status.rollout?.startedAt ?? now.toISOString());
  return ageMs < 60_000 ? 200 : ageMs < 300_000 ? 1000 : 5000;
}
