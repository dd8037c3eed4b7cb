import { CircleCheck, CirclePause, CircleX, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type State = "ready" | "progressing" | "warning" | "failed" | "stopped";

/** Icon, text and soft background of each state; the one place that maps a state to its look. */
export const stateLook: Record<State, { icon: LucideIcon; text: string; soft: string; word: string }> = {
  ready: { icon: CircleCheck, text: "text-ready", soft: "bg-ready-soft", word: "Ready" },
  progressing: { icon: LoaderCircle, text: "text-progressing", soft: "bg-progressing-soft", word: "In progress" },
  warning: { icon: TriangleAlert, text: "text-warning", soft: "bg-warning-soft", word: "Needs attention" },
  failed: { icon: CircleX, text: "text-failed", soft: "bg-failed-soft", word: "Failed" },
  stopped: { icon: CirclePause, text: "text-stopped", soft: "bg-stopped-soft", word: "Stopped" },
};

export type StatusProps = { state: State; /** The word; the state's own where left out. */ children?: ReactNode; /** plain: in a table; soft: as a pill. */ look?: "plain" | "soft"; size?: "sm" | "md"; className?: string };

/** A state as icon and word, never as colour alone. */
export function Status({ state, children, look = "plain", size = "md", className }: StatusProps) {
  const { icon: Icon, text, soft, word } = stateLook[state];
  return (
    <span className={cx("inline-flex items-center gap-1.5 whitespace-nowrap align-middle font-medium", text, size === "sm" ? "text-sm" : "text-base", look === "soft" && cx("rounded-full py-0.5 pl-1.5 pr-2.5", soft), className)}>
      <Icon aria-hidden className={cx("shrink-0", size === "sm" ? "size-3.5" : "size-4", state === "progressing" && "animate-spin")} />
      {children ?? word}
    </span>
  );
}
