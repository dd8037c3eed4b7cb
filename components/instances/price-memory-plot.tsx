"use client";
import { CartesianGrid, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from "recharts";
import type { Dot } from "@/components/instances/price-memory-chart";
import { formatMoneyPerHour } from "@/lib/format/money";

/** Ticks of a logarithmic axis: 1, 2, 4 … or 1, 3, 10 … that lie within. */
const ticksWithin = (all: readonly number[], least: number, most: number) => all.filter((t) => t >= least && t <= most);
const MEMORY_TICKS = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];
const PRICE_TICKS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

export default function PriceMemoryPlot({ dots, widthPx, heightPx }: { dots: readonly Dot[]; widthPx: number; heightPx: number }) {
  const domain = (values: number[]): [number, number] => [Math.min(...values) / 1.3, Math.max(...values) * 1.3];
  const [x, y] = [domain(dots.map((d) => d.gib)), domain(dots.map((d) => d.usd))];
  const axis = { type: "number" as const, scale: "log" as const, tick: { fontSize: 11, fill: "var(--color-ink-faint)" }, tickLine: false, allowDataOverflow: true };
  return (
    <ScatterChart width={widthPx} height={heightPx} margin={{ top: 6, right: 10, bottom: 0, left: 0 }} accessibilityLayer title="Price an hour against memory">
      <CartesianGrid stroke="var(--color-line)" />
      <XAxis {...axis} dataKey="gib" name="Memory" domain={x} ticks={ticksWithin(MEMORY_TICKS, ...x)} tickFormatter={(v: number) => `${v}`} unit=" GiB" axisLine={{ stroke: "var(--color-line-strong)" }} height={24} />
      <YAxis {...axis} dataKey="usd" name="Price" domain={y} ticks={ticksWithin(PRICE_TICKS, ...y)} tickFormatter={(v: number) => `$${v}`} axisLine={false} width={42} />
      <Tooltip isAnimationActive={false} cursor={{ stroke: "var(--color-line-strong)", strokeDasharray: "3 2" }} wrapperStyle={{ zIndex: 20 }} content={({ active, payload }) => (active && payload?.[0] ? <DotWords dot={payload[0].payload as Dot} /> : null)} />
      <Scatter data={dots.filter((d) => d.spot)} fill="transparent" stroke="var(--color-cost-1)" strokeWidth={1.5} isAnimationActive={false} />
      <Scatter data={dots.filter((d) => !d.spot)} fill="var(--color-cost-3)" isAnimationActive={false} />
    </ScatterChart>
  );
}

function DotWords({ dot }: { dot: Dot }) {
  return (
    <div className="rounded-md bg-raised px-2.5 py-1.5 text-sm shadow-raised outline outline-line">
      <p className="font-mono font-medium">{dot.instanceType}</p>
      <p className="text-ink-muted">{dot.name}, <span className="figure">{Math.round(dot.gib)} GiB</span></p>
      <p><span className="figure">{dot.estimate ? "≈ " : ""}{formatMoneyPerHour(dot.usd)}</span> <span className="text-ink-muted">{dot.spot ? "spot" : "on-demand"}</span></p>
    </div>
  );
}
