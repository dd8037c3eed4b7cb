import { CalendarClock } from "lucide-react";

/** What comes next, and when; late ones say so. */
export function NextStep({ step, on, nowMs }: { step: string | null; on: string | null; nowMs: number }) {
  if (!step && !on) return <span className="text-ink-faint">no next step</span>;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const late = on !== null && on < today;
  return (
    <span className="grid min-w-0 max-w-64">
      {step ? <span className="truncate" title={step}>{step}</span> : null}
      {on ? <span className={`inline-flex items-center gap-1 text-sm whitespace-nowrap tabular ${late ? "text-failed" : "text-ink-muted"}`}><CalendarClock aria-hidden className="size-3.5" />{on === today ? "today" : late ? `late since ${on}` : on}</span> : null}
    </span>
  );
}
