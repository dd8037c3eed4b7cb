import type { ReactNode } from "react";
import { cx } from "./cx";
import type { State } from "./status";

const fills = { neutral: "bg-ink", ready: "bg-ready", progressing: "bg-progressing", warning: "bg-warning", failed: "bg-failed", stopped: "bg-stopped", utilisation: "bg-utilisation-2" };

export type MeterProps = { /** What is measured. */ label: string; /** 0-1, or null while it cannot be said. */ value: number | null; /** As read: "3.2 of 8 GiB". */ valueText: ReactNode; tone?: State | "neutral" | "utilisation"; /** progress: work in hand; meter: a level. */ kind?: "meter" | "progress"; hideLabel?: boolean; className?: string };

/** A level or a progress as a bar, with its words. */
export function Meter({ label, value, valueText, tone = "neutral", kind = "meter", hideLabel = false, className }: MeterProps) {
  const part = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div className={cx("grid gap-1", className)}>
      <div className={cx("flex justify-between gap-3 text-sm", hideLabel && "sr-only")}><span className="text-ink-muted">{label}</span><span className="text-ink tabular">{valueText}</span></div>
      <div role={kind === "progress" ? "progressbar" : "meter"} aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={part === null ? undefined : Math.round(part * 100)} aria-valuetext={typeof valueText === "string" ? valueText : undefined} className="h-1.5 overflow-hidden rounded-full bg-selected">
        <div className={cx("h-full rounded-full transition-[width]", fills[tone], part === null && "w-1/3 animate-pulse-soft")} style={part === null ? undefined : { width: `${part * 100}%` }} />
      </div>
    </div>
  );
}
