import { FETCH_EXIT } from "@/lib/serving/fetch-exit";
import { conditionOf, type ContainerState, type ContainerStatus, type Pod } from "@/lib/targets/kubernetes/objects";
import type { RevisionObservation } from "@/lib/targets/target";

export type Failure = NonNullable<RevisionObservation["lastError"]> & { /** Starts that failed one after the other. */ times: number; nextAttemptAt: string | null };
type Reason = Failure["reason"];



/** How long a pod must have been ready for its earlier ends to count no more. */
const HEALTHY_MS = 60_000;

/** What last went wrong in a pod, in its containers' own words; null: nothing that counts. */
export function failureOf(pod: Pod, now: Date): Failure | null {
  const { status } = pod;
  if (!status) return null;
  if (status.phase === "Failed") return whole(pod);
  const ready = conditionOf(status.conditions, "Ready");
  if (ready?.status === "True" && now.getTime() - Date.parse(ready.lastTransitionTime ?? "") >= HEALTHY_MS) return null;
  const since = pod.metadata.creationTimestamp ?? new Date(0).toISOString();
  const init = (status.initContainerStatuses ?? []).map((c) => containerFailure(c, true, since));
  const own = (status.containerStatuses ?? []).map((c) => containerFailure(c, false, since));
  return [...own, ...init].filter((f) => f !== null).sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
}

/** A pod that was ended as a whole: evicted, preempted, over its deadline. */
function whole(pod: Pod): Failure {
  const { reason = "", message = "" } = pod.status ?? {};
  const at = conditionOf(pod.status?.conditions, "DisruptionTarget")?.lastTransitionTime ?? lastEnd(pod) ?? pod.metadata.creationTimestamp ?? new Date(0).toISOString();
  const kind: Reason = /memory/i.test(message) && reason === "Evicted" ? "OutOfMemory" : "Crashed";
  return { reason: kind, message: message || `The pod ended: ${reason || "no reason given"}.`, at, times: 1, nextAttemptAt: null };
}

const lastEnd = (pod: Pod) => [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].map((c) => c.state?.terminated?.finishedAt).filter((t) => t !== undefined).sort().at(-1);

/** `since`: stands for a time that the API does not give. */
function containerFailure(c: ContainerStatus, init: boolean, since: string): Failure | null {
  const waiting = c.state?.waiting;
  if (waiting && IMAGE.has(waiting.reason ?? "")) {
    return { reason: "Unplaceable", message: `The image ${c.image ?? ""} cannot be had: ${waiting.message ?? waiting.reason}`, at: since, times: 1, nextAttemptAt: null };
  }
  if (waiting && CONFIG.has(waiting.reason ?? "")) return { reason: "Unplaceable", message: `The container cannot be made: ${waiting.message ?? waiting.reason}`, at: since, times: 1, nextAttemptAt: null };
  const ended = endOf(c.state) ?? endOf(c.lastState);
  if (!ended || (init && ended.exitCode === 0)) return null;
  const at = ended.finishedAt ?? since;
  const told = toldFailure(ended.message);
  const reason: Reason = ended.reason === "OOMKilled" ? "OutOfMemory" : told?.reason ?? (init ? initReason(ended.exitCode) : "Crashed");
  const words = told?.message ?? lastWords(ended.message);
  const how = ended.reason === "OOMKilled" ? "It took more memory than it may." : ended.signal ? `It was ended by signal ${ended.signal}.` : `It ended with code ${ended.exitCode}.`;
  return { reason, message: words || (init ? `The files could not be fetched. ${how}` : how), at, times: Math.max(1, c.restartCount), nextAttemptAt: waiting?.reason === "CrashLoopBackOff" ? backOffEnds(waiting.message, at) : null };
}

export const IMAGE: ReadonlySet<string> = new Set(["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError", "SignatureValidationFailed"]);
const CONFIG = new Set(["CreateContainerConfigError", "CreateContainerError", "RunContainerError"]);

const endOf = (state: ContainerState | undefined) => state?.terminated;

function initReason(code: number): Reason {
  return code === FETCH_EXIT.digestMismatch ? "DigestMismatch" : "LoadFailed";
}

/** Slipway's own model server says in its last line what went wrong; others only leave what they last wrote. */
function toldFailure(message: string | undefined): { reason: Reason; message: string } | null {
  for (const line of (message ?? "").trimEnd().split("\n").reverse()) {
    if (!line.startsWith("{")) continue;
    try {
      const told = JSON.parse(line) as { event?: string; reason?: string; message?: string };
      if (told.event === "failed" && TOLD.has(told.reason ?? "") && told.message) return { reason: told.reason as Reason, message: told.message };
    } catch {
      // not a line of ours
    }
  }
  return null;
}
const TOLD = new Set(["LoadFailed", "OutOfMemory", "DigestMismatch", "StartTimeout", "Crashed"]);

const lastWords = (message: string | undefined) => (message ?? "").trim().slice(-2000);

/** kubelet waits `back-off 1m20s restarting failed container …`, counted from the last end. */
function backOffEnds(message: string | undefined, endedAt: string): string | null {
  const found = /back-off (?:(\d+)m)?(?:(\d+)s)?/.exec(message ?? "");
  const seconds = Number(found?.[1] ?? 0) * 60 + Number(found?.[2] ?? 0);
  const from = Date.parse(endedAt);
  return seconds > 0 && from > 0 ? new Date(from + seconds * 1000).toISOString() : null;
}
