import { gaugeQueries, serverQueries, type DatadogGauge, type DatadogScope, type ServerPart } from "@/lib/observability/datadog/plan-queries";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export type DatadogDashboard = { title: string; slipwayUrl: string; /** Of the pods; with `by`, a line for each. */ scope: Omit<DatadogScope, "bucketSeconds">; dialects: readonly ServingRuntime["dialect"][]; withGpu: boolean };
type Line = { queries: Record<string, string>; formula: string; alias: string };
type Chart = { title: string; lines: Line[] };

const PERCENTILES = "Percentiles are on Slipway's page: there they are worked out of the histograms' buckets, which a Datadog formula cannot do.";

/** Pure: the same counts and gauges that Slipway reads, as a dashboard of Datadog (ordered layout). Datadog chooses the steps: so queries carry no roll-up. */
export function datadogDashboard({ title, slipwayUrl, scope, dialects, withGpu }: DatadogDashboard): Record<string, unknown> {
  const charts = [...chartsOfServers(dialects, { ...scope, bucketSeconds: 1 }), ...chartsOfPods({ ...scope, bucketSeconds: 1 }, withGpu)].filter((c) => c.lines.length > 0);
  return {
    title, description: `Written by Slipway. ${slipwayUrl}`, layout_type: "ordered",
    widgets: [
      { definition: { type: "note", content: `[Open in Slipway](${slipwayUrl})\n\n${PERCENTILES}`, background_color: "white", font_size: "14", text_align: "left" } },
      ...charts.map((c) => ({ definition: {
        title: c.title, type: "timeseries", show_legend: true,
        requests: c.lines.map((l) => ({ response_format: "timeseries", display_type: "line", queries: Object.entries(l.queries).map(([name, query]) => ({ data_source: "metrics", name, query })), formulas: [{ formula: l.formula, ...(scope.by.length === 0 ? { alias: l.alias } : {}) }] })),
      } })),
    ],
  };
}

const bare = (queries: Record<string, string>, rate = false): Record<string, string> => Object.fromEntries(Object.entries(queries).map(([name, q]) => [name, q.replace(/\.rollup\([^)]*\)$/, "").replace(".as_count()", rate ? ".as_rate()" : ".as_count()")]));
/** A counter that never counted has no series: that is none, not unknown. */
const sum = (queries: Record<string, string>): string => `(${Object.keys(queries).map((name) => `default_zero(${name})`).join(" + ")})`;

function chartsOfServers(dialects: DatadogDashboard["dialects"], scope: DatadogScope): Chart[] {
  const lines = (line: (dialect: ServingRuntime["dialect"], part: (...p: ServerPart[]) => Record<string, string>) => Line | null) => dialects.flatMap((d) => line(d, (...p) => serverQueries(d, scope, p)) ?? []);
  return [
    { title: "Traffic (requests/s)", lines: lines((d, part) => { const queries = bare(part("requests"), true); return { queries, formula: sum(queries), alias: DIALECTS[d].title }; }) },
    { title: "Errors (share)", lines: lines((d, part) => {
      const [failed, whole] = [bare(part("failed")), bare(part(DATADOG_SERVERS[d].of ? "of" : "requests"))];
      return { queries: { ...failed, ...whole }, formula: `${sum(failed)} / ${sum(whole)}`, alias: DIALECTS[d].title };
    }) },
    { title: "Errors by cause (1/s)", lines: lines((_, part) => { const queries = bare(part("causes"), true); return { queries, formula: Object.keys(queries).length === 1 ? "causes" : sum(queries), alias: "errors" }; }) },
    { title: "Mean latency (s)", lines: lines((d, part) => {
      const server = DATADOG_SERVERS[d];
      if (!server.latency && !server.mean) return null;
      const { latency_count: count, ...means } = bare(part("mean", ...(server.mean ? [] : ["latency" as const])));
      const queries = { mean_sum: means.mean_sum!, mean_count: server.mean ? means.mean_count! : count! };
      return { queries, formula: `mean_sum / mean_count * ${server.mean?.unit ?? server.latency?.unit ?? 1}`, alias: DIALECTS[d].title };
    }) },
    { title: "Requests waiting", lines: lines((d, part) => (DATADOG_SERVERS[d].queue === null ? null : { queries: bare(part("queue")), formula: "queue", alias: "waiting" })) },
    { title: "Tokens a second", lines: lines((d, part) => (DATADOG_SERVERS[d].tokens === null ? null : { queries: bare(part("tokens"), true), formula: "tokens", alias: "tokens" })) },
  ];
}

function chartsOfPods(scope: DatadogScope, withGpu: boolean): Chart[] {
  const of = (gauges: DatadogGauge[], formula: string, alias: string): Line[] => [{ queries: bare(gaugeQueries(scope, gauges)), formula, alias }];
  return [
    { title: "Replicas", lines: of(["replicas"], "replicas", "ready") }, { title: "Processor (cores)", lines: of(["cpu"], "cpu / 1000000000", "cores") }, { title: "Memory (bytes)", lines: of(["memory"], "memory", "working set") },
    { title: "Held back (share of periods)", lines: of(["throttled", "periods"], "throttled / periods", "held back") }, { title: "Restarts since their start", lines: of(["restarts"], "restarts", "restarts") },
    ...(withGpu ? [{ title: "GPU (% busy)", lines: of(["gpu"], "gpu", "busy") }, { title: "GPU memory (MB)", lines: of(["gpuMemory"], "gpuMemory", "used") }] : []),
  ];
}
