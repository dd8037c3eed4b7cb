import type { Phase } from "@/lib/deployments/schema";

/** Worst first: the order in which phases are shown. */
export const PHASE_ORDER: readonly Phase[] = ["Failed", "Degraded", "Pending", "Deploying", "Updating", "Ready", "Asleep", "Stopping", "Stopped", "Deleting"];
