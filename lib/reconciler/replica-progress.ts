import type { ReplicaStep, StoredStatus, TimelineStep } from "@/lib/deployments/stored-status";
import type { EventDraft } from "@/lib/reconciler/desired";
import type { Observation, ReplicaObservation } from "@/lib/targets/target";

const ORDER: ReplicaStep[] = ["created", "placed", "loading", "ready", "ended"];

/** How far a replica has come. */
export function stepOf(r: ReplicaObservation): ReplicaStep {
  if (r.endedAt !== null || r.state === "failed" || r.state === "exited") return "ended";
  return r.readyAt ? "ready" : r.loadingAt ? "loading" : r.placedAt ? "placed" : "created";
}

const timeOf = (r: ReplicaObservation, step: ReplicaStep, now: string): string | null =>
  ({ created: r.createdAt, placed: r.placedAt, loading: r.loadingAt, ready: r.readyAt, ended: r.endedAt ?? now })[step];

/** What is new since the last pass, with the target's own times: each step of each replica is an event once. */
export function replicaProgress(seen: StoredStatus["seen"], observed: Observation, now: Date): { seen: StoredStatus["seen"]; events: EventDraft[]; started: StoredStatus["lastStart"] } {
  const replicas = observed.exists ? observed.replicas : [];
  const events = replicas.flatMap((r) => {
    const known = seen[r.id];
    return ORDER.slice(known ? ORDER.indexOf(known) + 1 : 1, ORDER.indexOf(stepOf(r)) + 1).flatMap((step) => {
      const at = timeOf(r, step, now.toISOString());
      return at ? [eventOf(r, step, at)] : [];
    });
  });
  return { seen: Object.fromEntries(replicas.map((r) => [r.id, stepOf(r)])), events, started: newestStart(replicas) };
}

/** The newest start that came to its end: from when the replica was asked for until it served. */
function newestStart(replicas: readonly ReplicaObservation[]): StoredStatus["lastStart"] {
  const newest = replicas.filter((r) => r.readyAt !== null).sort((a, b) => (a.readyAt! < b.readyAt! ? 1 : -1))[0];
  if (!newest) return null;
  const since = (from: string) => Math.max(0, Date.parse(newest.readyAt!) - Date.parse(from)) / 1000;
  return { revision: newest.revision, at: newest.readyAt!, seconds: since(newest.createdAt), ...(newest.placedAt ? { placedSeconds: since(newest.placedAt) } : {}) };
}

function eventOf(r: ReplicaObservation, step: ReplicaStep, at: string): EventDraft {
  const broken = step === "ended" && (r.state === "failed" || r.message !== null);
  const words = {
    created: ["Created", "A replica was created."], placed: ["Placed", "A replica was given its place and started."], loading: ["Loading", "The replica loads the model."],
    ready: ["Ready", "The replica serves."], ended: broken ? ["ReplicaFailed", r.message ?? "The replica ended by itself."] : ["ReplicaEnded", "The replica was drained and ended."],
  }[step] as [string, string];
  return { key: `replica:${r.id}:${step}`, at, type: broken ? "Warning" : "Normal", reason: words[0], message: words[1], revision: r.revision, replica: r.id };
}

/**
 * The timeline of the rollout: queued by the user's change, then the steps of the replica that has come furthest. Complete, it
 * stays as it is. `settled`: what was wanted needed no new replica.
 */
export function timeline(status: StoredStatus, observed: Observation, settled: boolean, now: Date): TimelineStep[] {
  const rollout = status.rollout;
  if (!rollout || status.timeline.some((s) => s.step === "ready")) return status.timeline;
  // A cluster's times are whole seconds: a replica that was made in the second of the change was made for it.
  const since = Math.floor(Date.parse(rollout.startedAt) / 1000) * 1000;
  const own = (observed.exists ? observed.replicas : []).filter((r) => r.revision === rollout.revision && Date.parse(r.createdAt) >= since);
  const furthest = own.sort((a, b) => ORDER.indexOf(stepOf(b)) % 4 - ORDER.indexOf(stepOf(a)) % 4 || (a.createdAt < b.createdAt ? 1 : -1))[0];
  const steps: { step: TimelineStep["step"]; at: string }[] = [{ step: "queued", at: rollout.startedAt }];
  if (furthest?.placedAt) steps.push({ step: "placed", at: furthest.placedAt });
  if (furthest?.loadingAt) steps.push({ step: "loading", at: furthest.loadingAt });
  if (furthest?.readyAt) steps.push({ step: "ready", at: furthest.readyAt });
  else if (settled && own.length === 0) steps.push({ step: "ready", at: now.toISOString() });
  // A try that failed is gone from what is observed once its revision was given up: how far this rollout came is kept.
  if (status.timeline[0]?.at === rollout.startedAt && status.timeline.length > steps.length) return status.timeline;
  return steps.map((s, i) => ({ ...s, seconds: i + 1 < steps.length ? Math.max(0, Date.parse(steps[i + 1]!.at) - Date.parse(s.at)) / 1000 : null }));
}
