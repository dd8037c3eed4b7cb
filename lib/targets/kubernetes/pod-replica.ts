import { failureOf } from "@/lib/targets/kubernetes/pod-failure";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { conditionOf, type Pod } from "@/lib/targets/kubernetes/objects";
import type { ReplicaObservation, ReplicaState } from "@/lib/targets/target";

/** A pod's name is what people know it by; a part of its uid makes it unique for ever and for every cluster. */
export const replicaId = (pod: Pod): string => `${pod.metadata.name}.${(pod.metadata.uid ?? "").slice(0, 8)}`;

export const revisionOf = (pod: Pod): number => Number(pod.metadata.labels?.[LABEL.revision] ?? 0);

export const isReady = (pod: Pod): boolean => !pod.metadata.deletionTimestamp && conditionOf(pod.status?.conditions, "Ready")?.status === "True";

export const hasEnded = (pod: Pod): boolean => pod.status?.phase === "Failed" || pod.status?.phase === "Succeeded";

/**
 * A pod as a replica, with the times of its life: created, placed on a node, its first container started (it fetches and loads the model),
 * ready. The API's times are whole seconds from several clocks, so none is ever told to be before the one it follows.
 */
export function replicaOf(pod: Pod, now: Date): ReplicaObservation {
  const { metadata, status } = pod;
  const createdAt = iso(metadata.creationTimestamp) ?? now.toISOString();
  const scheduled = conditionOf(status?.conditions, "PodScheduled");
  const ready = conditionOf(status?.conditions, "Ready");
  const placedAt = after(createdAt, scheduled?.status === "True" ? iso(scheduled.lastTransitionTime) : pod.spec.nodeName ? createdAt : null);
  const loadingAt = placedAt && after(placedAt, firstStart(pod));
  const readyAt = loadingAt && after(loadingAt, ready?.status === "True" || (metadata.deletionTimestamp && ready?.lastTransitionTime && wasServing(pod)) ? iso(ready?.lastTransitionTime) : null);
  const ended = hasEnded(pod);
  const state = stateOf(pod, loadingAt !== null);
  const failure = ended || state === "failed" ? failureOf(pod, now) : null;
  return {
    id: replicaId(pod), revision: revisionOf(pod), state, createdAt, placedAt, loadingAt, readyAt,
    endedAt: ended ? (lastEnd(pod) ?? after(createdAt, iso(ready?.lastTransitionTime)) ?? createdAt) : null,
    message: failure?.message.slice(0, 2000) ?? null,
  };
}

function stateOf(pod: Pod, loading: boolean): ReplicaState {
  if (pod.status?.phase === "Failed") return "failed";
  if (pod.status?.phase === "Succeeded") return "exited";
  if (pod.metadata.deletionTimestamp) return "draining";
  if (isReady(pod)) return "ready";
  return loading ? "loading" : "starting";
}

/** A pod that is being taken away lost its readiness by that; it was ready if its server ever was. */
const wasServing = (pod: Pod) => (pod.status?.containerStatuses ?? []).some((c) => c.started === true);

function firstStart(pod: Pod): string | null {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const times = all.flatMap((c) => [c.state?.running?.startedAt, c.state?.terminated?.startedAt, c.lastState?.terminated?.startedAt]).map(iso).filter((t) => t !== null);
  return times.sort()[0] ?? null;
}

function lastEnd(pod: Pod): string | null {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return all.map((c) => iso(c.state?.terminated?.finishedAt)).filter((t) => t !== null).sort().at(-1) ?? null;
}

const iso = (t: string | undefined | null): string | null => (t && Number.isFinite(Date.parse(t)) ? new Date(t).toISOString() : null);

const after = (earlier: string, t: string | null): string | null => (t === null ? null : t < earlier ? earlier : t);
