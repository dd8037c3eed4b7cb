import { Status, type State } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";

const LOOK: Record<string, { state: State; word: string; why: string }> = {
  accepted: { state: "ready", word: "Accepted", why: "Data only, read to the end: it carries no code." },
  quarantined: { state: "warning", word: "Quarantined", why: "It carries code: it is kept, but may not run until a platform person approves it." },
  approved: { state: "ready", word: "Approved", why: "It carries code that was approved: it runs on a cluster only, in a restricted pod." },
};

/** What the inspection says of a version, with what it means on hover and focus. */
export function VersionState({ state, size, plain = false }: { state: string; size?: "sm" | "md"; plain?: boolean }) {
  const look = LOOK[state] ?? { state: "stopped" as const, word: state, why: state };
  if (plain) return <Status state={look.state} size={size}>{look.word}</Status>;
  return <Tooltip content={look.why}><span tabIndex={0} className="rounded-sm"><Status state={look.state} size={size}>{look.word}</Status></span></Tooltip>;
}

export const stateMeaning = (state: string): string => LOOK[state]?.why ?? "";
