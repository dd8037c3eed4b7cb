"use client";
import { lazy, Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { ChartFrame, type ChartFrameProps } from "./chart-frame";
import { useChartGroup } from "./chart-group";
import { strokeOf, type Measure, type Series } from "./series";
import { useWidth } from "./use-width";

const Plot = lazy(() => import("./stacked-bars-plot"));
const plain = (value: number) => value.toLocaleString(undefined, { maximumSignificantDigits: 3 });

export type StackedBarsProps = ChartFrameProps & { measure: Measure; /** The parts, at most three; one point a bar, at the same times. */ series: readonly Series[]; format?: (value: number) => string };

/** Used and idle cost a day, errors by cause an hour: parts of a whole over time. */
export function StackedBars({ measure, series: parts, format = plain, ...frame }: StackedBarsProps) {
  // Large areas shout where a line would whisper: two parts are drawn faint and mid, never in the strong tone.
  const series = parts.map((p, i) => ({ ...p, weight: p.weight ?? (Math.min(3, i + (parts.length === 1 ? 2 : 1)) as 1 | 2 | 3) }));
  const group = useChartGroup();
  const [ref, widthPx] = useWidth<HTMLDivElement>();
  const times = series.flatMap((s) => s.points.map(([t]) => t));
  return (
    <div ref={ref} className="min-w-0">
      <ChartFrame {...frame} series={series} format={format} actions={
        <span className="mr-2 flex min-w-0 flex-wrap justify-end gap-x-3 gap-y-0.5 text-xs text-ink-muted">{series.map((s, i) => <span key={s.key} className="inline-flex items-center gap-1.5"><span aria-hidden className="size-2 rounded-full" style={{ background: strokeOf(measure, series, i).stroke }} />{s.label}</span>)}{frame.actions}</span>
      }>
        {widthPx > 0 ? (
          <Suspense fallback={<Skeleton className="h-full w-full" />}>
            <Plot series={series} measure={measure} unit={frame.unit} format={format} marks={[]} label={frame.title} widthPx={widthPx} heightPx={frame.heightPx ?? 180} syncId={group?.id} fromMs={Math.min(...times)} toMs={Math.max(...times)} />
          </Suspense>
        ) : null}
      </ChartFrame>
    </div>
  );
}
