import type { Cause } from "@/lib/deployments/diagnosis";
import { conditionOf } from "@/lib/targets/kubernetes/objects";
import { CONTAINER_RULES } from "./container-rules";
import { containerFacts, endedLine, isUnplaced, ofEvent, refusalLines, schedulingLines, waitingLine } from "./evidence";
import { IMAGE_RULES } from "./image-rules";
import type { DiagnosisInput } from "./input";
import { NODE_RULES } from "./node-rules";
import { REFUSAL_RULES } from "./refusal-rules";
import { cause, type Rule } from "./rule";
import { SCHEDULING_RULES } from "./scheduling-rules";

/** In the order in which a pod comes about, so that the first that matches is what everything else waits for. */
const RULES: Rule[] = [...REFUSAL_RULES, ...SCHEDULING_RULES, ...IMAGE_RULES, ...CONTAINER_RULES, ...NODE_RULES];

/**
 * Why replicas are not ready: one named cause, one fix, and the raw lines it rests on. null: nothing is missing. "Unknown", with what
 * there is, where no rule matches: a guess would send somebody the wrong way. Pure.
 */
export function diagnosePods(input: DiagnosisInput): Cause | null {
  const wanted = input.deployments.reduce((n, d) => n + (d.metadata.deletionTimestamp ? 0 : (d.spec.replicas ?? 1)), 0);
  const ready = input.pods.filter((p) => !p.metadata.deletionTimestamp && conditionOf(p.status?.conditions, "Ready")?.status === "True").length;
  if (ready >= wanted && wanted > 0) return null;
  if (wanted === 0) return null;
  // A pod that is well says nothing about those that are not.
  const ill: DiagnosisInput = { ...input, pods: input.pods.filter((p) => conditionOf(p.status?.conditions, "Ready")?.status !== "True") };
  for (const rule of RULES) {
    const found = rule(ill);
    if (found) return found;
  }
  return unknown(ill);
}

/** A container on its way. */
const COMING = new Set(["ContainerCreating", "PodInitializing"]);

function unknown(input: DiagnosisInput): Cause {
  const evidence = [
    ...refusalLines(input), ...schedulingLines(input),
    ...containerFacts(input).filter((c) => !COMING.has(c.status.state?.waiting?.reason ?? "")).map((c) => (c.status.state?.waiting ? waitingLine(c) : endedLine(c))).filter((l) => l.text !== "ended"),
    ...input.events.filter((e) => e.type === "Warning").map(ofEvent),
  ];
  const starting = evidence.length === 0 && (input.pods.length === 0 || !input.pods.some(isUnplaced));
  return starting
    ? cause("Starting", "Its replicas are being started; nothing has gone wrong so far.", "Wait. Nothing has to be done.", [])
    : cause("Unknown", "No rule of Slipway matches this.", "Read the evidence and the log, or show them to a platform engineer.", evidence);
}
