import type { Evidence } from "@/lib/deployments/diagnosis";
import { conditionOf, eventTime, type ContainerState, type ContainerStatus, type Pod } from "@/lib/targets/kubernetes/objects";
import type { DiagnosisInput } from "./input";

/** A raw line, and whose it is. */
export type Line = Evidence;

const line = (object: string, source: string, text: string, at: string | null): Line => ({ object, source, text: text.slice(0, 2000), at });

/** What the scheduler and Karpenter said about pods that have no node, newest first. */
export function schedulingLines({ pods, events }: DiagnosisInput): Line[] {
  const waiting = pods.filter(isUnplaced);
  const conditions = waiting.flatMap((p) => {
    const c = conditionOf(p.status?.conditions, "PodScheduled");
    return c?.message ? [line(`Pod ${p.metadata.name}`, `condition PodScheduled, ${c.reason ?? "no reason"}`, c.message, c.lastTransitionTime ?? null)] : [];
  });
  return [...eventLines(events, waiting.map((p) => p.metadata.uid ?? p.metadata.name), ["FailedScheduling", "NotTriggerScaleUp"]), ...conditions];
}

export const isUnplaced = (p: Pod): boolean => !p.metadata.deletionTimestamp && !p.spec.nodeName && p.status?.phase !== "Failed" && p.status?.phase !== "Succeeded";

/** Why the API server would not make pods. */
export function refusalLines({ deployments, events }: DiagnosisInput): Line[] {
  const conditions = deployments.flatMap((d) => {
    const c = conditionOf(d.status?.conditions, "ReplicaFailure");
    return c?.status === "True" && c.message ? [line(`Deployment ${d.metadata.name}`, `condition ReplicaFailure, ${c.reason ?? "no reason"}`, c.message, c.lastTransitionTime ?? null)] : [];
  });
  // An event that is older than the Deployment's last word is about pods that were made since.
  return conditions.length === 0 ? [] : [...conditions, ...events.filter((e) => e.reason === "FailedCreate").map(ofEvent)];
}

export function eventLines(events: DiagnosisInput["events"], uidsOrNames: string[] | null, reasons: string[]): Line[] {
  return events.filter((e) => reasons.includes(e.reason ?? "") && (uidsOrNames === null || uidsOrNames.includes(e.involvedObject.uid ?? "") || uidsOrNames.includes(e.involvedObject.name ?? "")))
    .sort((a, b) => (eventTime(a) < eventTime(b) ? 1 : -1)).map(ofEvent);
}

export const ofEvent = (e: DiagnosisInput["events"][number]): Line =>
  line(`${e.involvedObject.kind ?? "Object"} ${e.involvedObject.name ?? ""}`, `event ${e.reason ?? ""} from ${e.reportingComponent || e.source?.component || "unknown"}`, e.message ?? "", eventTime(e));

export type ContainerFact = { pod: Pod; name: string; init: boolean; status: ContainerStatus; /** Its last end, this one or the one before. */ ended: ContainerState["terminated"] };

/** Containers of living pods that are not well. */
export function containerFacts({ pods }: DiagnosisInput): ContainerFact[] {
  return pods.filter((p) => !p.metadata.deletionTimestamp).flatMap((pod) => {
    const of = (status: ContainerStatus, init: boolean): ContainerFact => ({ pod, name: status.name, init, status, ended: status.state?.terminated ?? status.lastState?.terminated });
    return [...(pod.status?.initContainerStatuses ?? []).map((s) => of(s, true)), ...(pod.status?.containerStatuses ?? []).map((s) => of(s, false))]
      .filter((c) => !c.status.ready && !(c.init && c.status.state?.terminated?.exitCode === 0));
  });
}

export const waitingLine = (c: ContainerFact): Line => line(`Pod ${c.pod.metadata.name}, container ${c.name}`, `waiting, ${c.status.state?.waiting?.reason ?? ""}`, c.status.state?.waiting?.message ?? c.status.state?.waiting?.reason ?? "", null);

export function endedLine(c: ContainerFact): Line {
  const t = c.ended;
  const how = t ? `${t.reason ?? "ended"}, exit code ${t.exitCode}, ${c.status.restartCount} ${c.status.restartCount === 1 ? "restart" : "restarts"}` : "ended";
  return line(`Pod ${c.pod.metadata.name}, container ${c.name}`, how, t?.message?.trim() || how, t?.finishedAt ?? null);
}

export const conditionLine = (object: string, c: { type: string; status: string; reason?: string; message?: string; lastTransitionTime?: string }): Line =>
  line(object, `condition ${c.type} ${c.status}, ${c.reason ?? "no reason"}`, c.message || c.reason || `${c.type} is ${c.status}`, c.lastTransitionTime ?? null);
