import type { ReactNode } from "react";
import { cx } from "./cx";

export type BarPart = { label: string; /** Same unit as `capacity`. */ value: number; valueText: ReactNode; tone: "strong" | "mid" | "faint" };
export type StackedBarProps = { label: ReactNode; parts: BarPart[]; /** null: not known; the bar then shows the parts only. */ capacity: number | null; capacityText: ReactNode; /** fits, tight, over: drawn with the words given. */ verdict?: { state: "ready" | "warning" | "failed" | "stopped"; text: ReactNode }; className?: string };

const tones = { strong: "bg-utilisation-3", mid: "bg-utilisation-2", faint: "bg-utilisation-1" };
const over = { strong: "bg-failed", mid: "bg-failed", faint: "bg-failed" };
const verdictText = { ready: "text-ready", warning: "text-warning", failed: "text-failed", stopped: "text-stopped" };

/** What is needed against what is there: parts in one bar, the capacity as its end (or as a line, where the parts go beyond it). */
export function StackedBar({ label, parts, capacity, capacityText, verdict, className }: StackedBarProps) {
  const used = parts.reduce((sum, p) => sum + p.value, 0);
  const scale = Math.max(used, capacity ?? 0) || 1;
  const exceeds = capacity !== null && used > capacity;
  return (
    <div className={cx("grid gap-1.5", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="font-medium text-ink">{label}</span>
        <span className="tabular text-ink-muted">{verdict ? <span className={cx("mr-2 font-medium", verdictText[verdict.state])}>{verdict.text}</span> : null}{capacityText}</span>
      </div>
      <div aria-hidden className="relative flex h-3 gap-px overflow-hidden rounded-sm bg-selected">
        {parts.map((p) => <span key={p.label} className={cx("h-full", exceeds ? over[p.tone] : tones[p.tone])} style={{ width: `${(p.value / scale) * 100}%`, minWidth: p.value > 0 ? 2 : 0 }} />)}
        {exceeds ? <span className="absolute inset-y-0 w-0.5 bg-ink outline outline-surface" style={{ left: `${(capacity / scale) * 100}%` }} /> : null}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-muted">
        {parts.map((p) => <li key={p.label} className="inline-flex items-center gap-1.5"><span aria-hidden className={cx("size-2 rounded-full", exceeds ? over[p.tone] : tones[p.tone])} />{p.label} <span className="tabular text-ink">{p.valueText}</span></li>)}
      </ul>
    </div>
  );
}
