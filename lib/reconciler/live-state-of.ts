import type { LiveState } from "@/lib/deployments/live-state";
import type { Decision, Desired } from "@/lib/reconciler/desired";

/** What open pages are told of a decision; undefined where it makes a generation of its own, which no page holds yet, or ends the deployment. */
export function liveStateOf(desired: Desired, { done, rollBackTo, phase, observedGeneration, status: { replicas } }: Decision, changedAt: Date): LiveState | undefined {
  if (done || rollBackTo !== undefined) return undefined;
  return { generation: desired.generation, observedGeneration, phase, replicas, changedAt: changedAt.toISOString() };
}
