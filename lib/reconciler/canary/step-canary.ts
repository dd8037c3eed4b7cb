import type { CanaryMeasures, StoredCanaryPlan } from "@/lib/deployments/canary-plan";
import type { CanaryProgress } from "@/lib/deployments/stored-status";
import { figureWords, judgeCanary } from "@/lib/reconciler/canary/judge-canary";
import type { Desired, EventDraft, Observed } from "@/lib/reconciler/desired";
import { observedRevision } from "@/lib/reconciler/weigh";

export type CanaryTurn = {
  /** To be written down. */
  progress: CanaryProgress;
  /** Percent it is to have in this very pass: that of the step it was in. null: all. A step is written down first and taken by the next pass, so that a worker killed in between goes on from there. */
  weight: number | null;
  /** Written down with this pass: it is given up for the revision that serves. */
  rollBack: boolean;
  events: EventDraft[];
};

/** Judged no more often, so that a target with much to tell does not make its source of measures busy. */
const LEAST_BETWEEN_MS = 2_500;

/** A canary that moves by itself and is not over; null: there is none. */
export function runningPlan(d: Desired): StoredCanaryPlan | null {
  const { canaryPlan: plan, stableRevision: stable } = d;
  return plan !== null && stable !== null && stable !== d.desiredRevision && d.desiredState === "running" ? plan : null;
}

/** How far it is, or the beginning. */
export function progressOf(d: Desired, plan: StoredCanaryPlan, now: Date): CanaryProgress {
  const known = d.status.canary;
  if (known?.since === plan.since && known.revision === d.desiredRevision) return known;
  return { since: plan.since, revision: d.desiredRevision, step: 0, stepSince: null, state: "running", reason: "It waits for its replicas.", measured: null, at: now.toISOString() };
}

/** Its replicas serve, and the target sends it the share of its step. */
function inStep(d: Desired, plan: StoredCanaryPlan, progress: CanaryProgress, observed: Observed): boolean {
  if ("unreachable" in observed) return false;
  const seen = observedRevision(observed, d.desiredRevision);
  return seen !== undefined && seen.ready > 0 && seen.weight === plan.steps[progress.step];
}

/** From when the step is to be measured; null: there is nothing to judge in this pass. */
export function measureFrom(d: Desired, observed: Observed, now: Date): Date | null {
  const plan = runningPlan(d);
  if (!plan || d.canaryPaused) return null;
  const progress = progressOf(d, plan, now);
  if (progress.state !== "running" || progress.stepSince === null || !inStep(d, plan, progress, observed)) return null;
  return now.getTime() - Date.parse(progress.at) < LEAST_BETWEEN_MS ? null : new Date(progress.stepSince);
}

/**
 * One look at a canary. Pure. `measures` null: nothing new was measured. `failure`: its replicas do not come up, or keep ending.
 */
export function stepCanary(d: Desired, plan: StoredCanaryPlan, observed: Observed, measures: CanaryMeasures | null, failure: string | null, now: Date): CanaryTurn {
  const before = progressOf(d, plan, now);
  const at = now.toISOString();
  const weight = before.state === "promoting" ? null : plan.steps[before.step]!;
  const stay = (changes: Partial<CanaryProgress> = {}, events: EventDraft[] = []): CanaryTurn => ({ progress: { ...before, ...changes }, weight, rollBack: false, events });
  const event = (key: string, type: EventDraft["type"], reason: string, message: string): EventDraft => ({ key: `${key}:${plan.since}:${before.step}`, at, type, reason, message, revision: d.desiredRevision, replica: null });
  const giveUp = (why: string): CanaryTurn => ({
    progress: { ...before, state: "rolledBack", reason: why, measured: measures ?? before.measured, at }, weight, rollBack: true,
    events: [event("canary-rolled-back", "Warning", "CanaryRolledBack", `Revision ${d.desiredRevision} was rolled back at ${weight ?? 100} % of the traffic. ${why} Revision ${d.stableRevision} gets everything again.`)],
  });
  if (failure !== null) return giveUp(failure);
  if (before.state === "promoting") return stay();
  if (!inStep(d, plan, before, observed)) return before.stepSince === null ? stay() : stay({ stepSince: null, measured: null, reason: "It waits for its replicas.", at });
  const stepSince = before.stepSince ?? at;
  const began = before.stepSince === null ? [event("canary-step", "Normal", "Canary", `Revision ${d.desiredRevision} gets ${weight} % of the traffic: step ${before.step + 1} of ${plan.steps.length}.`)] : [];
  if (d.canaryPaused) return stay({ stepSince }, began);
  if (!measures) return stay(began.length > 0 ? { stepSince, reason: "Its first requests are being measured.", at } : { stepSince }, began);

  const verdict = judgeCanary(plan, measures);
  if (verdict.kind === "breach") return giveUp(verdict.reason);
  const over = now.getTime() - Date.parse(stepSince) >= plan.stepSeconds * 1000;
  const judged = { stepSince, reason: verdict.reason, measured: measures, at };
  if (!over) return stay(judged, began);
  if (verdict.kind === "wait") return stay(judged, [...began, event("canary-waits", "Normal", "CanaryWaits", `Step ${before.step + 1} of ${plan.steps.length} is over, but revision ${d.desiredRevision} cannot be judged. ${verdict.reason}`)]);
  const passed = event("canary-passed", "Normal", "CanaryPassed", `Step ${before.step + 1} of ${plan.steps.length} passed at ${weight} %: ${figureWords(measures.canary)}.`);
  if (before.step + 1 < plan.steps.length) return { progress: { ...before, step: before.step + 1, stepSince: null, reason: "The traffic moves to its next step.", measured: measures, at }, weight, rollBack: false, events: [...began, passed] };
  return {
    progress: { ...before, state: "promoting", reason: verdict.reason, measured: measures, at }, weight, rollBack: false,
    events: [...began, passed, event("canary-promoted", "Normal", "CanaryPromoted", `Revision ${d.desiredRevision} kept within its limits in every step and takes all the traffic. ${verdict.reason}`)],
  };
}

/** When to look at it again: at the end of its step, and often enough in between to see a limit passed. */
export function canaryDelayMs(plan: StoredCanaryPlan, progress: CanaryProgress, now: Date): number {
  if (progress.state !== "running" || progress.stepSince === null) return 150;
  const often = Math.min(15_000, Math.max(3_000, plan.stepSeconds * 50));
  const left = Date.parse(progress.stepSince) + plan.stepSeconds * 1000 - now.getTime();
  return left > 0 ? Math.min(often, Math.max(500, left)) : often;
}
