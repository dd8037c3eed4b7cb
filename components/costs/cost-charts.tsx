"use client";
import { ChartGroup } from "@/components/charts/chart-group";
import type { Series } from "@/components/charts/series";
import { StackedBars } from "@/components/charts/stacked-bars";
import { TimeSeriesChart } from "@/components/charts/time-series-chart";
import type { CostSummary } from "@/lib/costs/summary/schema";
import { formatMoney } from "@/lib/format/money";

const HALF_DAY_MS = 43_200_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const money = (value: number) => formatMoney(value);
const milliseconds = (seconds: number) => (seconds * 1000).toLocaleString("en-US", { maximumSignificantDigits: 3 });

/** Cost a day, stacked by what it is grouped by. */
export function DailyCost({ summary: s }: { summary: CostSummary }) {
  // What was not measured is the palest of its parts.
  const weight = (key: string) => (s.by === "day" && s.series.length === 3 ? ({ used: 3, idle: 2, unmeasured: 1 } as const)[key as "used" | "idle" | "unmeasured"] : undefined);
  const series = s.series.map((p): Series => ({ key: p.key, label: p.label, weight: weight(p.key), points: s.days.map((d, i) => [at(d.day), p.days[i] ?? null]) }));
  return <StackedBars title="Cost a day" unit={s.total.estimate ? "USD, estimate" : "USD"} measure="cost" series={series} format={money} heightPx={240} headingLevel={2} empty="No price on file for what ran, so no day can be drawn." />;
}

/** What a prediction cost and how long it took, day by day, on one time axis: cheaper and slower is seen at once. */
export function UnitCost({ summary: s }: { summary: CostSummary }) {
  const [first, last] = [s.days[0], s.days.at(-1)];
  if (!first || !last) return null;
  // In the middle of its day, where the bar above stands.
  const line = (key: string, label: string, value: (d: CostSummary["days"][number]) => number | null): Series[] => [{ key, label, weight: 3, points: s.days.map((d) => [at(d.day), value(d)]) }];
  return (
    <ChartGroup id="unit-cost" fromMs={at(first.day) - HALF_DAY_MS} toMs={at(last.day) + HALF_DAY_MS}>
      <div className="grid gap-6 lg:grid-cols-2">
        <TimeSeriesChart title="Cost per 1,000 predictions" unit={s.total.estimate ? "USD, estimate" : "USD"} measure="cost" headingLevel={2} series={line("per1000", "Per 1,000", (d) => d.per1000Predictions)} format={(v) => formatMoney(v).replace("$", "")} heightPx={170} empty="No predictions were answered, or none were measured." />
        <TimeSeriesChart title="p95 latency" unit="ms" measure="latency" headingLevel={2} series={line("p95", "p95", (d) => d.p95Seconds)} format={milliseconds} heightPx={170} empty={s.p95Note ?? "Nothing was answered."} />
      </div>
    </ChartGroup>
  );
}
