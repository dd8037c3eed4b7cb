import type { ReactNode } from "react";
import { cx } from "./cx";

const tones = {
  neutral: "bg-selected text-ink-muted", accent: "bg-accent-soft text-accent-text", outline: "border border-line text-ink-muted",
  ready: "bg-ready-soft text-ready", progressing: "bg-progressing-soft text-progressing", warning: "bg-warning-soft text-warning", failed: "bg-failed-soft text-failed", stopped: "bg-stopped-soft text-stopped",
};

/** A short word about a thing: spot, r4, prod. For a state with its icon use Status. */
export function Badge({ tone = "neutral", mono = false, children, className }: { tone?: keyof typeof tones; mono?: boolean; children: ReactNode; className?: string }) {
  return <span className={cx("inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-xs font-medium [&_svg]:size-3", mono && "font-mono", tones[tone], className)}>{children}</span>;
}
