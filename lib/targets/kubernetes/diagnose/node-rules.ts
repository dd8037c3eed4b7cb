import { conditionOf } from "@/lib/targets/kubernetes/objects";
import { INTERRUPTIONS } from "@/lib/targets/kubernetes/read-cluster";
import { conditionLine, eventLines } from "./evidence";
import type { DiagnosisInput } from "./input";
import { cause, textRule, type Rule } from "./rule";

const podEvents = (reasons: string[]) => (i: DiagnosisInput) => eventLines(i.events, i.pods.filter((p) => p.spec.nodeName && conditionOf(p.status?.conditions, "Ready")?.status !== "True").map((p) => p.metadata.uid ?? ""), reasons);

/** A pod has its node, and something about the node is in its way. */
export const NODE_RULES: Rule[] = [
  (i) => {
    const nodes = i.pods.map((p) => p.spec.nodeName ?? "");
    const events = i.events.filter((e) => INTERRUPTIONS.has(e.reason ?? "") && e.reason !== "SpotRebalanceRecommendation");
    const lines = eventLines(events, [...nodes, ...i.nodeClaims.filter((c) => nodes.includes(c.status?.nodeName ?? "")).map((c) => c.metadata.name)], [...INTERRUPTIONS]);
    return lines.length === 0 ? null : cause("SpotInterrupted", "AWS takes the node back: its replicas are moved to another one.", "Nothing has to be done. If it happens often, keep one replica on demand (spot with fallback).", lines);
  },
  (i) => {
    const pod = i.pods.find((p) => p.status?.phase === "Failed" && p.status.reason === "Evicted");
    return pod ? cause("Evicted", `The node had too little left and put the pod out: ${pod.status?.message ?? "it gives no reason"}`, "Choose a profile with what it ran short of; the evidence names it.", [{ object: `Pod ${pod.metadata.name}`, source: "status Evicted", text: pod.status?.message ?? "Evicted", at: null }]) : null;
  },
  (i) => {
    const pod = i.pods.find((p) => conditionOf(p.status?.conditions, "DisruptionTarget")?.reason === "PreemptionByScheduler");
    return pod ? cause("Preempted", "A pod with a higher priority took the place.", "Add nodes, or ask a platform engineer about the priority of models.", [conditionLine(`Pod ${pod.metadata.name}`, conditionOf(pod.status?.conditions, "DisruptionTarget")!)]) : null;
  },
  (i) => {
    const pod = i.pods.find((p) => (p.status?.reason === "NodeLost") || /node .*(not ready|unreachable)/i.test(conditionOf(p.status?.conditions, "Ready")?.message ?? "") || conditionOf(p.status?.conditions, "DisruptionTarget")?.reason === "DeletionByTaintManager");
    if (!pod) return null;
    const c = conditionOf(pod.status?.conditions, "DisruptionTarget") ?? conditionOf(pod.status?.conditions, "Ready");
    return cause("NodeLost", `The node ${pod.spec.nodeName ?? ""} no longer answers.`, "Kubernetes moves the replica after some minutes. Look at the node: `kubectl describe node`.", c ? [conditionLine(`Pod ${pod.metadata.name}`, c)] : []);
  },
  textRule("MountFailed", podEvents(["FailedMount", "FailedAttachVolume", "FailedMapVolume"]), /./s, "The node cannot mount a volume of the pod.", "The evidence has the node's words: a secret that is missing, a volume still attached elsewhere, or a driver that does not run."),
  textRule("SandboxFailed", podEvents(["FailedCreatePodSandBox"]), /./s, "The node cannot make the pod's network.", "Often no address is left in the subnet (on EKS: ENI limits, prefix delegation), or the network plugin does not run on the node."),
];
