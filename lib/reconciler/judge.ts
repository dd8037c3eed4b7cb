import type { Phase } from "@/lib/deployments/schema";
import type { CanaryProgress, Condition, StoredStatus } from "@/lib/deployments/stored-status";
import type { Desired, EventDraft } from "@/lib/reconciler/desired";
import { neededReplicas, observedRevision, type Weighing } from "@/lib/reconciler/weigh";
import type { Observation } from "@/lib/targets/target";

export type Judged = {
  phase: Phase;
  message: string;
  replicas: StoredStatus["replicas"];
  conditions: Omit<Condition, "since">[];
  event: EventDraft | null;
  /** Nothing is under way. */
  steady: boolean;
};

type Input = {
  d: Desired; observed: Observation; weighing: Weighing; inSync: boolean; canary: CanaryProgress | null;
  failure: { reason: string; message: string } | null; now: Date;
};

/** The phase and the words for it. */
export function judge({ d, observed, weighing, inSync, canary, failure, now }: Input): Judged {
  const revisions = observed.exists ? observed.revisions : [];
  const sum = (key: "wanted" | "starting" | "ready") => revisions.reduce((total, r) => total + r[key], 0);
  const replicas = { wanted: sum("wanted"), starting: sum("starting"), ready: sum("ready") };
  const living = observed.exists ? observed.replicas.filter((r) => r.endedAt === null && r.state !== "failed" && r.state !== "exited").length : 0;
  const serving = revisions.filter((r) => r.weight > 0).reduce((total, r) => total + r.ready, 0);
  const needed = neededReplicas(d);
  const failing = revisions.find((r) => r.consecutiveFailures > 0 && r.lastError);
  // Nobody asks, so nothing runs: the target says that it wants none, and no start of it failed.
  const bearing = revisions.filter((r) => r.weight > 0);
  const asleep = d.scaling.min === 0 && inSync && d.stableRevision !== null && serving === 0 && bearing.length > 0 && bearing.every((r) => r.wanted === 0 && r.starting === 0 && !(r.consecutiveFailures > 0 && r.lastError));
  const draining = living > replicas.ready + replicas.starting;
  const own = observed.exists ? observed.conditions.map((c) => ({ ...c })) : [];
  const done = (phase: Phase, message: string, steady: boolean, progressing: [Condition["status"], string], event: EventDraft | null = null): Judged => ({
    phase, message, replicas, event, steady: steady && inSync && !draining,
    conditions: [
      { type: "Available", status: serving > 0 ? "True" : "False", reason: serving > 0 ? "Serving" : d.desiredState === "stopped" ? "Stopped" : asleep ? "ScaledToZero" : "NoReplicaReady", message: serving > 0 ? `${serving} ${serving === 1 ? "replica serves" : "replicas serve"}.` : asleep ? "No replica runs while no request comes; the next one starts one." : "No replica serves." },
      { type: "Progressing", status: progressing[0], reason: progressing[1], message },
      ...own,
    ],
  });

  if (d.desiredState === "stopped") {
    if (!inSync || living > 0) return done("Stopping", "Its replicas are being drained.", false, ["True", "Stopping"]);
    const event: EventDraft = { key: `stopped:${d.generation}`, at: now.toISOString(), type: "Normal", reason: "Stopped", message: "Stopped: no replica runs.", revision: null, replica: null };
    return done("Stopped", "Stopped: no replica runs. Start it to serve again.", true, ["False", "Stopped"], event);
  }
  if (failure) {
    const keeps = d.stableRevision !== null && d.stableRevision !== d.desiredRevision;
    // What goes on serving is still watched until it does; a revision that was parked, until its last replica has ended.
    const settled = keeps ? replicas.starting === 0 && (serving >= needed || asleep) : living === 0;
    return done("Failed", keeps ? `${failure.message} Revision ${d.stableRevision} goes on serving.` : failure.message, settled && d.status.failed?.generation === d.generation, ["False", failure.reason]);
  }
  const candidate = observedRevision(observed, d.desiredRevision);
  if (weighing.stage === "starting") {
    const error = candidate?.lastError && candidate.consecutiveFailures > 0 ? ` The last start failed: ${candidate.lastError.message}` : "";
    return done("Updating", `Revision ${d.desiredRevision} is starting; revision ${d.stableRevision} serves meanwhile.${error}`, false, ["True", "RolloutInProgress"]);
  }
  if (weighing.stage === "moving") return done("Updating", `Traffic moves to revision ${d.desiredRevision}.`, false, ["True", "RolloutInProgress"]);
  if (weighing.stage === "canary" && inSync && canary) {
    return done("Ready", `Canary: revision ${d.desiredRevision} gets ${d.canaryWeight} % of the traffic, step ${canary.step + 1} of ${d.canaryPlan?.steps.length ?? canary.step + 1}. ${d.canaryPaused ? "Paused: it stays there until it is resumed." : canary.reason}`, d.canaryPaused && replicas.starting === 0, ["True", d.canaryPaused ? "CanaryPaused" : "CanaryRunning"]);
  }
  if (weighing.stage === "canary" && inSync) {
    const event: EventDraft = { key: `canary:${d.generation}`, at: now.toISOString(), type: "Normal", reason: "Canary", message: `Revision ${d.desiredRevision} gets ${d.canaryWeight} % of the traffic.`, revision: d.desiredRevision, replica: null };
    return done("Ready", `Canary: revision ${d.desiredRevision} gets ${d.canaryWeight} % of the traffic until it is promoted.`, replicas.starting === 0, ["False", "CanaryHeld"], event);
  }
  if (inSync && serving >= needed) {
    const message = serving === 1 ? "1 replica serves." : `${serving} replicas serve.`;
    return done("Ready", message, replicas.starting === 0, ["False", "RolloutComplete"]);
  }
  if (asleep) return done("Asleep", living > 0 ? "No request came: its last replica is being drained." : "No request came for a while, so no replica runs. The next request starts one.", true, ["False", "ScaledToZero"], fellAsleep(observed, d, now));
  if (failing?.lastError && failing.consecutiveFailures >= 3) {
    return done(serving > 0 ? "Degraded" : "Failed", `Replicas keep ending: ${failing.lastError.message}`, false, ["False", "CrashLoop"]);
  }
  if (failing?.lastError) return done(serving > 0 ? "Degraded" : "Deploying", `A replica ended and is started again: ${failing.lastError.message}`, false, ["True", "Restarting"]);
  if (d.scaling.min === 0 && d.stableRevision === d.desiredRevision && serving === 0 && inSync && replicas.wanted > 0) return done("Deploying", "A request came: a replica is starting.", false, ["True", "Waking"]);
  if (serving > 0) return done("Updating", serving < needed ? `${serving} of ${needed} replicas serve.` : "The target takes the change over.", false, ["True", "ScalingUp"]);
  return done("Deploying", observed.exists ? "Its replicas are starting." : "Waiting for its first replica.", false, ["True", "RolloutInProgress"]);
}

/** Once each time: known by the replica that ended last. A target that was started again has forgotten it, and then there is nothing to tell. */
function fellAsleep(observed: Observation, d: Desired, now: Date): EventDraft | null {
  const last = (observed.exists ? observed.replicas : []).filter((r) => r.endedAt !== null && r.revision === d.stableRevision).sort((a, b) => (a.endedAt! < b.endedAt! ? 1 : -1))[0];
  if (!last) return null;
  return { key: `asleep:${last.id}`, at: now.toISOString(), type: "Normal", reason: "ScaledToZero", message: "No request came for a while: scaled to zero.", revision: d.stableRevision, replica: null };
}
