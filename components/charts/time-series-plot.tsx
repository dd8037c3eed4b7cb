"use client";
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis, type DotItemDotProps } from "recharts";
import type { ChartGroupState } from "./chart-group";
import { EndLabels, Marks, Selection } from "./plot-parts";
import { Readout } from "./readout";
import { strokeOf, toRows, type Mark, type Measure, type Series } from "./series";
import { tickWords, timeTicks } from "./time-ticks";

export type PlotProps = { series: readonly Series[]; measure: Measure; unit: string; format: (value: number) => string; fromMs: number; toMs: number; marks: readonly Mark[]; syncId?: string; widthPx: number; heightPx: number; max?: number; label: string; span?: ChartGroupState["span"]; drag?: ChartGroupState["drag"] };

/** The lines themselves. Its own module, so that recharts is loaded only where a chart is shown. */
export default function TimeSeriesPlot({ series, measure, unit, format, fromMs, toMs, marks, syncId, widthPx, heightPx, max, label, span = null, drag }: PlotProps) {
  const rows = toRows(series);
  const stepMs = rows.length > 1 ? (rows.at(-1)!.t - rows[0]!.t) / (rows.length - 1) : 60_000;
  const labelled = 12 + Math.max(...series.map((s) => s.label.length)) * 6.4;
  // Charts above one another share their axis to the pixel, whatever their labels; a small screen has no room for that.
  const right = Math.min(120, widthPx < 480 ? labelled : Math.max(90, labelled));
  // Snaps to the steps: what is chosen is what is then asked for.
  const at = (label: string | number | undefined): number | null => (label === undefined || !Number.isFinite(Number(label)) ? null : Number(label));
  const dragging = drag ? {
    onMouseDown: ({ activeLabel }: { activeLabel?: string | number }, e: React.SyntheticEvent) => { const t = at(activeLabel); if (t !== null) { e.preventDefault(); drag.begin(t); } },
    onMouseMove: ({ activeLabel }: { activeLabel?: string | number }) => { const t = at(activeLabel); if (span && t !== null) drag.move(t); },
    style: { cursor: "crosshair" },
  } : {};
  return (
    <LineChart {...dragging} data={rows} width={widthPx} height={heightPx} margin={{ top: 6, right, bottom: 0, left: 0 }} syncId={syncId} syncMethod="value" accessibilityLayer title={label}>
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis dataKey="t" type="number" scale="time" domain={[fromMs, toMs]} allowDataOverflow ticks={timeTicks(fromMs, toMs, widthPx / 90, -new Date(toMs).getTimezoneOffset())} tickFormatter={(t: number) => tickWords(t, toMs - fromMs)} tick={{ fontSize: 11, fill: "var(--color-ink-faint)" }} tickLine={false} axisLine={{ stroke: "var(--color-line-strong)" }} height={22} interval={0} />
      <YAxis width={56} domain={[0, max ?? "auto"]} tickCount={4} tickFormatter={format} tick={{ fontSize: 11, fill: "var(--color-ink-faint)" }} tickLine={false} axisLine={false} />
      <Selection span={span} />
      <Marks marks={marks} />
      {series.map((s, i) => <Line key={s.key} dataKey={s.key} name={s.label} type="linear" connectNulls={false} isAnimationActive={false} dot={(p) => lonely(p, rows, s.key)} activeDot={{ r: 3, strokeWidth: 0, fill: strokeOf(measure, series, i).stroke }} {...strokeOf(measure, series, i)} />)}
      <EndLabels series={series} measure={measure} />
      <Tooltip isAnimationActive={false} cursor={{ stroke: "var(--color-ink-muted)", strokeWidth: 1 }} wrapperStyle={{ zIndex: 20 }}
        content={({ active, label: at }) => (active ? <Readout row={rows.find((r) => r.t === Number(at))} series={series} measure={measure} unit={unit} format={format} marks={marks} stepMs={stepMs} /> : null)} />
    </LineChart>
  );
}

/** A value between two gaps draws no line: it gets a dot, or it would not be seen. */
function lonely({ cx, cy, index, stroke, key }: DotItemDotProps, rows: ReturnType<typeof toRows>, series: string) {
  const at = index;
  const alone = rows[at]?.[series] != null && rows[at - 1]?.[series] == null && rows[at + 1]?.[series] == null;
  return alone && cx !== undefined && cy !== undefined ? <circle key={key} cx={cx} cy={cy} r={2} fill={stroke} /> : <g key={key} />;
}
