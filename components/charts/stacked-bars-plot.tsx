"use client";
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { axisWidth } from "./axis-width";
import { Readout } from "./readout";
import { strokeOf, toRows } from "./series";
import { tickWords, timeTicks } from "./time-ticks";
import type { PlotProps } from "./time-series-plot";

/** Parts of a whole per span of time, stacked from strong to faint. */
export default function StackedBarsPlot({ series, measure, unit, format, fromMs, toMs, marks, syncId, widthPx, heightPx, label }: PlotProps) {
  const rows = toRows(series);
  const stepMs = rows.length > 1 ? (rows.at(-1)!.t - rows[0]!.t) / (rows.length - 1) : 86_400_000;
  const most = Math.max(0, ...rows.map((r) => series.reduce((sum, s) => sum + (r[s.key] ?? 0), 0)));
  return (
    <BarChart data={rows} width={widthPx} height={heightPx} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} syncId={syncId} syncMethod="value" accessibilityLayer title={label} barCategoryGap="18%">
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis dataKey="t" type="number" scale="time" domain={[fromMs - stepMs / 2, toMs + stepMs / 2]} ticks={timeTicks(fromMs, toMs, widthPx / 90, -new Date(toMs).getTimezoneOffset())} tickFormatter={(t: number) => tickWords(t, toMs - fromMs)} tick={{ fontSize: 11, fill: "var(--color-ink-faint)" }} tickLine={false} axisLine={{ stroke: "var(--color-line-strong)" }} height={22} interval={0} />
      <YAxis width={axisWidth(most, format)} tickCount={4} tickFormatter={format} tick={{ fontSize: 11, fill: "var(--color-ink-faint)" }} tickLine={false} axisLine={false} />
      <Tooltip isAnimationActive={false} cursor={{ fill: "var(--color-hover)" }} wrapperStyle={{ zIndex: 20 }}
        content={({ active, label: at }) => (active ? <Readout row={rows.find((r) => r.t === Number(at))} series={series} measure={measure} unit={unit} format={format} marks={marks} stepMs={stepMs / 2} /> : null)} />
      {series.map((s, i) => <Bar key={s.key} dataKey={s.key} name={s.label} stackId="all" isAnimationActive={false} maxBarSize={36} fill={strokeOf(measure, series, i).stroke} stroke="var(--color-surface)" strokeWidth={1} />)}
    </BarChart>
  );
}
