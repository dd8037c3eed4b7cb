import type { Mark, MarkKind } from "./series";

const WORDS: Record<MarkKind, string> = { revision: "Revisions", scaling: "Scaling", alert: "Alerts", interruption: "Interruptions", failure: "Failures, restarts" };
const KINDS = Object.keys(WORDS) as MarkKind[];

type Props = { marks: readonly Mark[]; hidden: readonly MarkKind[]; onToggle: (kind: MarkKind) => void };

/** What the vertical lines of a page's charts tell of, how many of each, and which are shown. Nothing where there is none. */
export function MarkLegend({ marks, hidden, onToggle }: Props) {
  const present = KINDS.map((kind) => ({ kind, of: marks.filter((m) => m.kind === kind) })).filter((k) => k.of.length > 0);
  if (present.length === 0) return null;
  return (
    <div role="group" aria-label="Marks on the time axis" className="flex flex-wrap items-center gap-1.5 text-sm">
      <span className="mr-1 text-ink-faint">Marks</span>
      {present.map(({ kind, of }) => (
        <button key={kind} type="button" aria-pressed={!hidden.includes(kind)} onClick={() => onToggle(kind)} className="group inline-flex h-6 items-center gap-1.5 rounded-full border border-line px-2 text-ink-muted transition-colors hover:bg-hover hover:text-ink aria-[pressed=false]:line-through pointer-coarse:h-8">
          <svg aria-hidden width="8" height="12"><path d="M4 0v12" stroke={`var(--color-${of[0]!.state ?? "stopped"})`} strokeWidth={1.5} strokeDasharray="3 2" /></svg>
          {WORDS[kind]}<span className="text-ink-faint tabular">{of.length}</span>
        </button>
      ))}
    </div>
  );
}
