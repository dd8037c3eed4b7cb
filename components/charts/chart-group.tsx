"use client";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Mark } from "./series";

type Span = readonly [fromMs: number, toMs: number];
export type ChartGroupState = {
  /** Charts of one id share the cursor. */ id: string; fromMs: number; toMs: number; marks: readonly Mark[];
  /** What is being dragged over, in any of them; null: nothing. */ span: Span | null;
  /** Undefined: these charts cannot be zoomed. */ drag?: { begin: (timeMs: number) => void; move: (timeMs: number) => void };
};
const GroupContext = createContext<ChartGroupState | null>(null);

type Props = Pick<ChartGroupState, "id" | "fromMs" | "toMs"> & { marks?: readonly Mark[]; /** A span was chosen by dragging. A press without a drag chooses nothing. */ onZoom?: (fromMs: number, toMs: number) => void; children: ReactNode };

/** One time axis, one cursor, one set of marks and one zoom for every chart inside. */
export function ChartGroup({ id, fromMs, toMs, marks = [], onZoom, children }: Props) {
  const [span, show] = useState<Span | null>(null);
  const latest = useRef<Span | null>(null);
  const setSpan = useCallback((next: Span | null) => { latest.current = next; show(next); }, []);
  const dragging = span !== null;
  useEffect(() => {
    if (!dragging) return;
    // The button may come up anywhere, outside of the chart too.
    const end = () => {
      const chosen = latest.current;
      setSpan(null);
      if (chosen && chosen[0] !== chosen[1]) onZoom?.(Math.min(...chosen), Math.max(...chosen));
    };
    const cancel = (e: KeyboardEvent) => { if (e.key === "Escape") setSpan(null); };
    window.addEventListener("mouseup", end);
    window.addEventListener("keydown", cancel);
    return () => { window.removeEventListener("mouseup", end); window.removeEventListener("keydown", cancel); };
  }, [dragging, onZoom, setSpan]);
  const drag = useMemo(() => ({ begin: (t: number) => setSpan([t, t]), move: (t: number) => { if (latest.current) setSpan([latest.current[0], t]); } }), [setSpan]);
  return <GroupContext value={{ id, fromMs, toMs, marks, span, drag: onZoom ? drag : undefined }}>{children}</GroupContext>;
}

export function useChartGroup(): ChartGroupState | null {
  return use(GroupContext);
}
