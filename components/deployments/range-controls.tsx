"use client";
import { ChevronLeft, ChevronRight, RotateCcw, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useState } from "react";
import { moved, type Span } from "@/components/deployments/measure-range";
import { METRIC_WINDOWS, type MetricWindow } from "@/components/deployments/metric-window";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { formatDurationSeconds } from "@/lib/format/duration";

type Props = { window: MetricWindow; span: Span | null; /** What is on the page now; null: nothing yet. */ shown: Span | null; onWindow: (window: MetricWindow) => void; onSpan: (span: Span | null) => void };

/** The time that the charts show: a window up to now, or a part of the past, which dragging over a chart chooses too. */
export function RangeControls({ window, span, shown, onWindow, onSpan }: Props) {
  const go = (by: Parameters<typeof moved>[1]) => { if (shown) onSpan(moved(shown, by, Math.floor(Date.now() / 1000))); };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div role="group" aria-label="Part of the past" className="flex items-center">
        <Button variant="ghost" size="sm" icon disabled={!shown} onClick={() => go("earlier")} aria-label="Earlier" title="Earlier"><ChevronLeft aria-hidden /></Button>
        <Button variant="ghost" size="sm" icon disabled={!shown || !span} onClick={() => go("later")} aria-label="Later" title="Later"><ChevronRight aria-hidden /></Button>
        <Button variant="ghost" size="sm" icon disabled={!shown} onClick={() => go("in")} aria-label="Zoom in" title="Zoom in; or drag over a chart"><ZoomIn aria-hidden /></Button>
        <Button variant="ghost" size="sm" icon disabled={!shown} onClick={() => go("out")} aria-label="Zoom out" title="Zoom out"><ZoomOut aria-hidden /></Button>
      </div>
      {span ? <Button size="md" onClick={() => onSpan(null)} title="Back to the window up to now"><RotateCcw aria-hidden /><LocalSpan key={`${span.from}-${span.to}`} span={span} /><span className="text-ink-faint">{formatDurationSeconds(span.to - span.from)}</span><span className="sr-only">, back to the last {window}</span></Button>
        : <SegmentedControl aria-label="Window" value={window} onValueChange={onWindow} options={METRIC_WINDOWS.map((value) => ({ value, label: value }))} size="md" />}
    </div>
  );
}

/** The reader's own clock, which the server does not know: said once the page is there. */
function LocalSpan({ span }: { span: Span }) {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => setWords(`${clock(span.from)} – ${clock(span.to)}`), [span.from, span.to]);
  return words === null ? null : <span className="tabular">{words}</span>;
}

/** The hour; with the day where it is not today's. */
function clock(seconds: number): string {
  const at = new Date(seconds * 1000);
  const time = at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return at.toDateString() === new Date().toDateString() ? time : `${at.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${time}`;
}
