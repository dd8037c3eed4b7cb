import { strokeOf, type Mark, type Measure, type Row, type Series } from "./series";

export type ReadoutProps = { row: Row | undefined; series: readonly Series[]; measure: Measure; unit: string; format: (value: number) => string; marks: readonly Mark[]; stepMs: number };

/** What the cursor stands on: the time, a figure a series, and the marks within a step of it. */
export function Readout({ row, series, measure, unit, format, marks, stepMs }: ReadoutProps) {
  if (!row) return null;
  const near = marks.filter((m) => Math.abs(m.timeMs - row.t) <= stepMs);
  return (
    <div className="grid gap-1 rounded-md bg-raised px-2.5 py-2 text-xs text-ink shadow-raised outline outline-line">
      <span className="tabular text-ink-muted">{new Date(row.t).toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })}</span>
      {series.map((s, i) => ({ s, value: row[s.key], look: strokeOf(measure, series, i) })).reverse().map(({ s, value, look }) => (
        <span key={s.key} className="grid grid-cols-[1rem_1fr_auto] items-center gap-1.5">
          <svg aria-hidden width="16" height="4"><path d="M0 2H16" {...look} /></svg>{s.label}
          <span className="figure pl-4 text-right">{value === null || value === undefined ? "no data" : <>{format(value)}{unit ? <span className="text-ink-faint"> {unit}</span> : null}</>}</span>
        </span>
      ))}
      {near.map((m) => <span key={`${m.timeMs}${m.label}`} className="border-t border-line pt-1" style={{ color: `var(--color-${m.state ?? "stopped"})` }}>{m.label}</span>)}
    </div>
  );
}
