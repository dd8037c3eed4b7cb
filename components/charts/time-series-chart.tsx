"use client";
import { lazy, Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { ChartFrame, type ChartFrameProps } from "./chart-frame";
import { useChartGroup } from "./chart-group";
import type { Mark, Measure, Series } from "./series";
import { useWidth } from "./use-width";

const Plot = lazy(() => import("./time-series-plot"));
const plain = (value: number) => value.toLocaleString(undefined, { maximumSignificantDigits: 3 });

export type TimeSeriesChartProps = ChartFrameProps & {
  measure: Measure; series: readonly Series[]; /** Figures on the axis, in the readout and in the table, without the unit. */ format?: (value: number) => string;
  /** Left out inside a ChartGroup, which gives them. */ fromMs?: number; toMs?: number; marks?: readonly Mark[]; /** The axis' end: 1 for shares. */ max?: number;
};

/** Lines over time: gaps where there is no data, names at the lines' ends, a cursor shared with its group, a table view and CSV. */
export function TimeSeriesChart({ measure, series, format = plain, fromMs, toMs, marks, max, ...frame }: TimeSeriesChartProps) {
  const group = useChartGroup();
  const [ref, widthPx] = useWidth<HTMLDivElement>();
  const times = series.flatMap((s) => [s.points[0]?.[0], s.points.at(-1)?.[0]]).filter((t) => t !== undefined);
  const heightPx = frame.heightPx ?? 180;
  return (
    <div ref={ref} className="min-w-0">
      <ChartFrame {...frame} series={series} format={format}>
        {widthPx > 0 ? (
          <Suspense fallback={<Skeleton className="h-full w-full" />}>
            <Plot series={series} measure={measure} unit={frame.unit} format={format} max={max} label={`${frame.title}${frame.unit ? `, ${frame.unit}` : ""}`} widthPx={widthPx} heightPx={heightPx} syncId={group?.id} span={group?.span ?? null} drag={group?.drag}
              fromMs={fromMs ?? group?.fromMs ?? Math.min(...times)} toMs={toMs ?? group?.toMs ?? Math.max(...times)} marks={marks ?? group?.marks ?? []} />
          </Suspense>
        ) : null}
      </ChartFrame>
    </div>
  );
}
