import { Status, type State, type StatusProps } from "@/components/ui/status";
import type { Phase } from "@/lib/deployments/schema";

const STATES: Record<Phase, State> = {
  Pending: "progressing", Deploying: "progressing", Updating: "progressing", Ready: "ready", Asleep: "stopped", Degraded: "warning", Failed: "failed", Stopping: "progressing", Stopped: "stopped", Deleting: "progressing",
};

/** How a phase looks. */
export const phaseState = (phase: Phase): State => STATES[phase];

/** A deployment's phase as icon and word. */
export const PhaseStatus = ({ phase, ...look }: { phase: Phase } & Omit<StatusProps, "state" | "children">) => <Status state={phaseState(phase)} {...look}>{phase}</Status>;
