import { driftOf, driftWords, type Drift } from "@/lib/targets/kubernetes/drift";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { conditionOf, eventTime, type DeploymentObject, type KubeObject, type Pod } from "@/lib/targets/kubernetes/objects";
import { failureOf, type Failure } from "@/lib/targets/kubernetes/pod-failure";
import { hasEnded, isReady, replicaId, replicaOf, revisionOf } from "@/lib/targets/kubernetes/pod-replica";
import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";
import type { Observation, RevisionObservation, TargetEvent } from "@/lib/targets/target";

type Present = Extract<Observation, { exists: true }>;

/** Pods that ended are told of for so long. */
const KEEP_ENDED_MS = 10 * 60_000;

/** What the cluster's objects say about a deployment, in the words every target uses. Pure. `known`: drift that a full look found. */
export function observationOf(state: ClusterState | undefined, full: boolean, now: Date, known: readonly Drift[] = []): Observation {
  if (!state || (!state.anchor && state.pods.length === 0 && state.deployments.length === 0)) return { exists: false };
  const applied = state.anchor?.state;
  const going = state.anchor === null || state.anchor.metadata.deletionTimestamp !== undefined;
  const fresh = driftOf(state, full);
  const drift = fresh.length > 0 || full ? fresh : [...known];
  const pods = state.pods.filter((p) => !hasEnded(p) || now.getTime() - Date.parse(replicaOf(p, now).endedAt ?? "") < KEEP_ENDED_MS);
  const revisions = revisionNumbers(state).map((n) => revisionObservation(state, n, now));
  return {
    exists: true, generation: applied?.spec.generation ?? 0,
    // Something was changed on the cluster: what was applied is not what is there, so that the next pass applies it again.
    specHash: going || drift.length > 0 ? "" : (applied?.hash ?? ""),
    revisions, replicas: pods.map((p) => replicaOf(p, now)),
    conditions: conditionsOf(state, revisions, drift), events: [...driftEvents(drift, state, now), ...interruptions(state)],
  };
}

function revisionNumbers(state: ClusterState): number[] {
  const named = [...(state.anchor?.state.spec.revisions.map((r) => r.n) ?? []), ...state.deployments.map((d) => Number(d.metadata.labels?.[LABEL.revision]))];
  return [...new Set(named)].filter(Number.isInteger).sort((a, b) => a - b);
}

function revisionObservation(state: ClusterState, n: number, now: Date): RevisionObservation {
  const object = state.deployments.find((d) => Number(d.metadata.labels?.[LABEL.revision]) === n);
  const pods = state.pods.filter((p) => revisionOf(p) === n);
  const ready = pods.filter(isReady).length;
  const wanted = object && !object.metadata.deletionTimestamp ? (object.spec.replicas ?? 1) : 0;
  const living = pods.filter((p) => !hasEnded(p) && !p.metadata.deletionTimestamp).length;
  const failures = pods.map((p) => failureOf(p, now)).filter((f) => f !== null).sort((a, b) => (a.at < b.at ? 1 : -1));
  const error: Failure | null = failures[0] ?? refusedPods(object);
  return {
    n, weight: weightOf(state, n), wanted, ready,
    // Counted as far as pods are there: one that a quota refuses is not starting.
    starting: Math.max(0, Math.min(living - ready, wanted)),
    consecutiveFailures: error ? Math.max(error.times, ...failures.map((f) => f.times)) : 0,
    nextAttemptAt: failures.map((f) => f.nextAttemptAt).filter((t) => t !== null && t > now.toISOString()).sort()[0] ?? null,
    lastError: error && { reason: error.reason, message: error.message.slice(0, 4000), at: error.at },
  };
}

/** The API server would not have the pod at all: quota, Pod Security, a webhook. */
function refusedPods(object: DeploymentObject | undefined): Failure | null {
  const refused = conditionOf(object?.status?.conditions, "ReplicaFailure");
  if (refused?.status !== "True") return null;
  return { reason: "Unplaceable", message: refused.message ?? "The cluster refuses its pods.", at: refused.lastTransitionTime ?? new Date(0).toISOString(), times: 1, nextAttemptAt: null };
}

/** Of what was applied. All the traffic is only claimed once the gateway says that it has taken the route over, where it says anything. */
function weightOf(state: ClusterState, n: number): number {
  const weight = state.anchor?.state.spec.revisions.find((r) => r.n === n)?.weight ?? 0;
  return weight === 100 && state.routes.some(isBeingTakenOver) ? 99 : weight;
}

function isBeingTakenOver(route: KubeObject): boolean {
  const parents = (route.status as { parents?: { conditions?: { observedGeneration?: number }[] }[] } | undefined)?.parents ?? [];
  return parents.some((p) => (p.conditions ?? []).some((c) => c.observedGeneration !== undefined && c.observedGeneration < (route.metadata.generation ?? 0)));
}

function conditionsOf(state: ClusterState, revisions: RevisionObservation[], drift: Drift[]): Present["conditions"] {
  const spec = state.anchor?.state.spec;
  const ready = revisions.reduce((sum, r) => sum + r.ready, 0);
  const stopped = (spec?.scaling.max ?? 0) <= 0;
  const waiting = revisions.find((r) => r.lastError && r.consecutiveFailures > 0);
  return [
    ready > 0 ? { type: "Available", status: "True", reason: "ReplicasReady", message: `${ready} ${ready === 1 ? "replica serves" : "replicas serve"}.` }
      : { type: "Available", status: "False", reason: stopped ? "Stopped" : "NoReplica", message: stopped ? "The deployment is stopped." : "No replica serves." },
    spec?.public ? { type: "Public", status: "True", reason: "NoToken", message: "The endpoint asks for no token." } : { type: "Public", status: "False", reason: "Token", message: "The endpoint asks for a token." },
    waiting ? { type: "BackOff", status: "True", reason: waiting.lastError?.reason ?? "Crashed", message: `Revision ${waiting.n}: ${waiting.lastError?.message ?? ""}`.slice(0, 2000) }
      : { type: "BackOff", status: "False", reason: "NoFailures", message: "Nothing waits for another try." },
    scheduled(state.pods), autoscaling(state), routed(state.routes),
    drift.length > 0 ? { type: "Drifted", status: "True", reason: "ChangedOnCluster", message: driftWords(drift) } : { type: "Drifted", status: "False", reason: "AsApplied", message: "On the cluster as Slipway applied it." },
  ];
}

function scheduled(pods: Pod[]): Present["conditions"][number] {
  const waiting = pods.filter((p) => !p.metadata.deletionTimestamp && !hasEnded(p) && conditionOf(p.status?.conditions, "PodScheduled")?.status === "False");
  if (waiting.length === 0) return { type: "Scheduled", status: "True", reason: "Placed", message: "Every replica has its node." };
  const why = conditionOf(waiting[0]?.status?.conditions, "PodScheduled");
  return { type: "Scheduled", status: "False", reason: why?.reason ?? "Unschedulable", message: `${waiting.length} ${waiting.length === 1 ? "replica waits" : "replicas wait"} for a node: ${why?.message ?? "no reason is given"}` };
}

function autoscaling(state: ClusterState): Present["conditions"][number] {
  if (state.autoscalers.length === 0) return { type: "Autoscaling", status: "Unknown", reason: "NotUsed", message: "The number of replicas is fixed." };
  const bad = state.autoscalers.map((a) => [conditionOf(a.status?.conditions, "AbleToScale"), conditionOf(a.status?.conditions, "ScalingActive")].find((c) => c?.status === "False")).find((c) => c !== undefined);
  if (bad) return { type: "Autoscaling", status: "False", reason: bad.reason ?? "Inactive", message: bad.message ?? "The autoscaler does not scale." };
  return { type: "Autoscaling", status: "True", reason: "Active", message: state.autoscalers.map((a) => `${a.status?.desiredReplicas || "not yet said how many"} wanted of ${a.spec.minReplicas ?? 1} to ${a.spec.maxReplicas}`).join("; ") };
}

function routed(routes: KubeObject[]): Present["conditions"][number] {
  if (routes.length === 0) return { type: "Routed", status: "Unknown", reason: "NoIngress", message: "A platform person sets a gateway or a load balancer on the page of its target." };
  const parents = routes.flatMap((r) => (r.status as { parents?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] }[] } | undefined)?.parents ?? []);
  const refused = parents.flatMap((p) => p.conditions ?? []).find((c) => (c.type === "Accepted" || c.type === "ResolvedRefs") && c.status === "False");
  if (refused) return { type: "Routed", status: "False", reason: refused.reason ?? "NotAccepted", message: refused.message ?? "The gateway does not accept the route." };
  if (routes.some(isBeingTakenOver)) return { type: "Routed", status: "False", reason: "TakingOver", message: "The gateway is taking the new route over." };
  const told = parents.length > 0 || routes.some((r) => r.kind === "Ingress" && ((r.status as { loadBalancer?: { ingress?: unknown[] } } | undefined)?.loadBalancer?.ingress?.length ?? 0) > 0);
  return told ? { type: "Routed", status: "True", reason: "Accepted", message: "The gateway has taken the route." } : { type: "Routed", status: "Unknown", reason: "NotTold", message: "No gateway has said that it takes the route." };
}

function driftEvents(drift: Drift[], state: ClusterState, now: Date): TargetEvent[] {
  if (drift.length === 0) return [];
  const key = `drift:${state.anchor?.metadata.resourceVersion ?? ""}:${drift.map((d) => `${d.object}${d.field ?? ""}`).join("|")}`;
  return [{ key: key.slice(0, 300), at: now.toISOString(), type: "Warning", reason: "Drifted", message: driftWords(drift), revision: null, replica: null }];
}

/** Karpenter's words about nodes, told of the replicas that are on them. */
function interruptions(state: ClusterState): TargetEvent[] {
  return state.pods.flatMap((pod) => state.nodeEvents.filter((e) => e.involvedObject.name === pod.spec.nodeName && eventTime(e) >= (pod.metadata.creationTimestamp ?? "")).map((e) => ({
    key: `node:${e.metadata.uid ?? e.metadata.name}:${replicaId(pod)}`, at: eventTime(e), type: e.type === "Normal" ? "Normal" as const : "Warning" as const, reason: e.reason ?? "Interrupted",
    message: `Node ${e.involvedObject.name}: ${e.message ?? e.reason}`, revision: revisionOf(pod), replica: replicaId(pod),
  })));
}
