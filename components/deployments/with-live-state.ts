import type { LiveState } from "@/lib/deployments/live-state";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** The deployment with what an event says of it; as it is where the event is older, or about another generation than the one held. */
export function withLiveState(held: DeploymentDto, { generation, observedGeneration, phase, replicas, changedAt }: LiveState): DeploymentDto {
  if (held.generation !== generation || held.status.changedAt >= changedAt) return held;
  return { ...held, phase, observedGeneration, status: { ...held.status, phase, replicas, changedAt } };
}
