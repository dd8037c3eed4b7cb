import type { State } from "@/components/ui/status";
import type { Phase } from "@/lib/deployments/schema";

const STATES: Record<Phase, State> = {
  Pending: "progressing", Deploying: "progressing", Updating: "progressing", Ready: "ready", Degraded: "warning", Failed: "failed", Stopping: "progressing", Stopped: "stopped", Deleting: "progressing",
};

/** How a deployment's phase looks. */
export const phaseState = (phase: Phase): State => STATES[phase];
