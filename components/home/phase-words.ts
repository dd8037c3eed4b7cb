import type { State } from "@/components/ui/status";
import type { Phase } from "@/lib/deployments/schema";

/** Which look a phase of a deployment has. */
export const stateOfPhase: Record<Phase, State> = {
  Pending: "progressing", Deploying: "progressing", Updating: "progressing", Ready: "ready", Degraded: "warning", Failed: "failed", Stopping: "progressing", Stopped: "stopped", Deleting: "progressing",
};

/** Worst first: the order in which phases are shown. */
export const PHASE_ORDER: readonly Phase[] = ["Failed", "Degraded", "Pending", "Deploying", "Updating", "Ready", "Stopping", "Stopped", "Deleting"];
