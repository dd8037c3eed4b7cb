import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type StatTileProps = {
  label: ReactNode; /** null: not known, and `unknown` says why. */ figure: ReactNode | null; unit?: ReactNode; unknown?: string;
  delta?: { text: ReactNode; direction: "up" | "down" | "flat"; /** Whether that is good news. */ tone: "good" | "bad" | "neutral" };
  /** "as of 2 min ago", "estimate at the chosen price". */ note?: ReactNode; /** A sparkline, a meter. */ children?: ReactNode; loading?: boolean; className?: string;
};

const tones = { good: "text-ready", bad: "text-failed", neutral: "text-ink-muted" };

/** One figure that matters. Put several in a StatRow. */
export function StatTile({ label, figure, unit, unknown = "No data yet", delta, note, children, loading = false, className }: StatTileProps) {
  return (
    <div className={cx("grid min-w-0 content-start gap-1 px-4 py-3", className)}>
      <dt className="truncate text-sm text-ink-muted">{label}</dt>
      <dd className="grid gap-1">
        {loading ? <span aria-hidden className="skeleton block h-7 w-24" /> : figure === null ? (
          <span className="flex h-7 items-baseline gap-2"><span aria-hidden className="figure text-xl text-ink-faint">–</span><span className="truncate text-sm text-ink-faint">{unknown}</span></span>
        ) : (
          <span className="flex h-7 items-baseline gap-1.5 whitespace-nowrap">
            <span className="figure text-xl font-medium text-ink">{figure}</span>
            {unit ? <span className="text-sm text-ink-muted">{unit}</span> : null}
            {delta ? (
              <span className={cx("ml-1 inline-flex items-center gap-0.5 self-center text-sm", tones[delta.tone])}>
                {delta.direction === "up" ? <ArrowUp aria-label="up" className="size-3.5" /> : delta.direction === "down" ? <ArrowDown aria-label="down" className="size-3.5" /> : null}
                {delta.text}
              </span>
            ) : null}
          </span>
        )}
        {note ? <span className="block truncate text-xs text-ink-faint">{note}</span> : null}
        {children}
      </dd>
    </div>
  );
}

/** Tiles side by side on one panel, parted by lines; two a row on a small screen. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cx("panel grid grid-cols-2 gap-px overflow-hidden bg-line! sm:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] [&>*]:bg-surface max-sm:[&>*:last-child:nth-child(odd)]:col-span-2", className)}>{children}</dl>;
}
