"use client";
import { Unplug } from "lucide-react";
import Link from "next/link";
import { ChartGroup } from "@/components/charts/chart-group";
import type { Mark, Point, Series } from "@/components/charts/series";
import { TimeSeriesChart, type TimeSeriesChartProps } from "@/components/charts/time-series-chart";
import { MeasureGaps } from "@/components/deployments/measure-gaps";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Gap } from "@/lib/observability/measures";
import type { Metrics } from "@/lib/observability/metrics-source";

type Raw = Metrics["series"]["p50"];
/** The API's seconds to the axis' milliseconds; values times `by`. */
const points = (raw: Raw, by = 1): Point[] => raw.map(([t, v]) => [t * 1000, v === null ? null : v * by]);
const one = (key: string, label: string, raw: Raw, by = 1): Series => ({ key, label, points: points(raw, by) });
const MIB = 1024 ** 2;
const CAUSES: Record<string, string> = { runtime: "model server", timeout: "timeout", queue_full: "queue full", no_replica: "no replica", replica_lost: "replica lost", stopped: "while stopped", bad_request: "bad request", client_closed: "caller left", cancelled: "caller left" };

/** The end of an axis with three equal steps between whole numbers. */
const wholeTicks = (raw: Raw): number => Math.max(1, Math.ceil(raw.reduce((most, [, v]) => Math.max(most, v ?? 0), 0) / 3)) * 3;

type Names = Gap["measure"];
export type Chart = Pick<TimeSeriesChartProps, "title" | "unit" | "measure" | "series" | "max" | "asOf"> & { /** What it shows, by the API's names: their gaps are told below it. */ of: Names[] };

/** Which of the causes drawn are in no error rate. */
function notOurs(causes: Metrics["errorsByCause"]): string | undefined {
  if (!causes.stopped) return causes.bad_request ? "bad requests are the caller's, and in no error rate" : undefined;
  return `${causes.bad_request ? "bad request, " : ""}while stopped: in no error rate`;
}

/** Every chart of a deployment, from its measures. */
export function chartsOf({ series: s, errorsByCause, gaps }: Metrics): Chart[] {
  // A measure that a server never has is not worth an empty frame: it is named in the list below the charts.
  const lacks = (m: Names) => gaps.some((g) => g.measure === m && g.kind === "absent");
  const percentiles = lacks("p99") ? [one("mean", "mean", s.mean, 1000)] : [one("p50", "p50", s.p50, 1000), one("p95", "p95", s.p95, 1000), one("p99", "p99", s.p99, 1000)];
  const charts: Chart[] = [
    { title: "Latency", unit: "ms", measure: "latency", series: percentiles, of: ["p50", "p95", "p99", "mean"] },
    { title: "Traffic", unit: "requests/s", measure: "traffic", series: [one("traffic", "requests", s.requestsPerSecond)], of: ["requestsPerSecond"] },
    { title: "Errors by cause", unit: "errors/s", measure: "errors", series: Object.entries(errorsByCause).map(([cause, raw]) => one(cause, CAUSES[cause] ?? cause, raw)), asOf: notOurs(errorsByCause), of: ["errorsByCause", "errorRate"] },
    { title: "Cost", unit: "$ per 1,000 requests", measure: "cost", series: [one("cost", "per 1,000", s.costPer1000)], of: [] },
    { title: "Time to first token", unit: "ms", measure: "latency", series: [one("ttftP50", "p50", s.ttftP50, 1000), one("ttftP95", "p95", s.ttftP95, 1000)], of: ["ttftP50", "ttftP95"] },
    { title: "Tokens", unit: "tokens/s", measure: "traffic", series: [one("tokens", "generated", s.tokensPerSecond)], of: ["tokensPerSecond"] },
    { title: "Processor", unit: "cores", measure: "utilisation", series: [one("cpu", "cores", s.cpu)], of: ["cpu"] },
    { title: "Memory", unit: "MiB", measure: "utilisation", series: [one("memory", "resident", s.memory, 1 / MIB)], of: ["memory"] },
    { title: "GPU", unit: "% busy", measure: "utilisation", series: [one("gpu", "busy", s.gpu, 100)], max: 100, of: ["gpu"] },
    { title: "GPU memory", unit: "MiB", measure: "utilisation", series: [one("gpuMemory", "used", s.gpuMemory, 1 / MIB)], of: ["gpuMemory"] },
    { title: "Throttling", unit: "% of periods", measure: "utilisation", series: [one("throttled", "held back", s.throttled, 100)], max: 100, of: ["throttled"] },
    { title: "Queue", unit: "requests waiting", measure: "traffic", series: [one("queue", "waiting", s.queue)], of: ["queue"] },
    { title: "Replicas", unit: "ready", measure: "utilisation", series: [one("replicas", "ready", s.replicas)], max: wholeTicks(s.replicas), of: ["replicas"] },
    { title: "Restarts", unit: "a step", measure: "errors", series: [one("restarts", "restarts", s.restarts)], of: ["restarts"] },
  ];
  return charts.filter((c) => c.of.length === 0 || c.title === "Latency" || !c.of.every(lacks));
}

type Props = { id: string; metrics: Metrics | undefined; /** As chartsOf gave them, with what they are compared with. */ charts?: Chart[]; onZoom: (fromMs: number, toMs: number) => void; marks: readonly Mark[]; error: Error | null; onRetry: () => void; stale: boolean; tryHref: string; /** Whether it ever answered a prediction. */ ever: boolean };

/** Why nothing at all can be drawn, where that is one reason for everything: it is said once, not in each frame. */
function onlyReason(metrics: Metrics | undefined, charts: readonly Chart[]): string | null {
  const reasons = charts.filter((c) => c.of.length > 0).map((c) => metrics?.gaps.find((g) => c.of.includes(g.measure) && (g.kind === "failed" || g.kind === "no_source"))?.reason ?? null);
  return reasons.length > 1 && reasons.every((r) => r !== null && r === reasons[0]) ? reasons[0]! : null;
}

/** Every measure on one time axis with one cursor. */
export function MetricCharts({ id, metrics, charts: given, onZoom, marks, error, onRetry, stale, tryHref, ever }: Props) {
  const charts = given ?? chartsOf(metrics ?? NOTHING);
  const failed = !metrics && error !== null;
  const state = metrics ? "ready" : failed ? "error" : "loading";
  const quiet = metrics !== undefined && metrics.source !== "none" && metrics.totals.requests === 0;
  const noRequests = <span>{ever ? "No requests in this window." : "No requests yet."} <Link href={tryHref} className="link">Try it</Link></span>;
  const nothing = onlyReason(metrics, charts);
  if (nothing) return <Panel><EmptyState icon={<Unplug aria-hidden />} title="Its measures could not be read">{nothing}</EmptyState></Panel>;
  return (
    <ChartGroup id={id} fromMs={(metrics?.from ?? 0) * 1000} toMs={(metrics?.to ?? 1) * 1000} marks={marks} onZoom={metrics ? onZoom : undefined}>
      <div className={stale ? "grid gap-4 opacity-60 transition-opacity lg:grid-cols-2" : "grid gap-4 transition-opacity lg:grid-cols-2"} aria-busy={stale || undefined}>
        {charts.map(({ of, ...c }, i) => {
          const gap = metrics?.gaps.find((g) => of.includes(g.measure) && g.kind !== "absent");
          const useless = gap !== undefined && (gap.kind === "failed" || gap.kind === "no_source" || gap.kind === "empty");
          return (
          <Panel key={c.title} className={i === 0 ? "lg:col-span-2" : undefined}>
            <TimeSeriesChart {...c} description={gap && !useless ? gap.reason : undefined} headingLevel={3} heightPx={i === 0 ? 220 : 150} state={state} errorReason={error?.message} onRetry={onRetry}
              empty={useless ? gap.reason : c.title === "Cost" ? (quiet ? noRequests : "No step of this window has both a price and answered requests yet.") : c.measure === "errors" && !quiet ? "No error in this window." : quiet && (c.measure === "latency" || c.measure === "traffic" || c.measure === "errors") && c.title !== "Queue" ? noRequests : undefined} />
          </Panel>
          );
        })}
      </div>
      {metrics ? <MeasureGaps metrics={metrics} /> : null}
    </ChartGroup>
  );
}

const NOTHING: Metrics = {
  from: 0, to: 1, stepSeconds: 1, source: "", asOf: null, revisions: [], errorsByCause: {}, gaps: [], nodes: null,
  series: { mean: [], tokensPerSecond: [], ttftP50: [], ttftP95: [], throttled: [], gpu: [], gpuMemory: [], restarts: [], costPerHour: [], costPer1000: [], requestsPerSecond: [], p50: [], p95: [], p99: [], queueP95: [], computeP50: [], computeP95: [], errorRate: [], cpu: [], memory: [], queue: [], replicas: [] },
  totals: { requests: null, errors: null, p50: null, p95: null, p99: null, computeP50Ms: null, computeMeanMs: null, computeSeconds: null },
};
