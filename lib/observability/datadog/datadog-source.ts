import { countsOf, overall } from "@/lib/observability/datadog/counts";
import type { AskDatadog } from "@/lib/observability/datadog/ask";
import { gaugeQueries, podsOnDatadog, serverQueries, type DatadogGauge, type DatadogScope, type ServerPart } from "@/lib/observability/datadog/plan-queries";
import type { DatadogAnswer } from "@/lib/observability/datadog/read-answer";
import { causesOf, gaugeOf, measuresOf, totalsOf, type Value } from "@/lib/observability/datadog/read-measures";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import { emptySeries, gridOf, MEASURES, type Gap, type Measure, type Points } from "@/lib/observability/measures";
import { rangeOf, type Metrics, type RevisionSource } from "@/lib/observability/metrics-source";
import type { ContainerMeasure } from "@/lib/observability/promql/container";
import { isAbsent, type ServerMeasure } from "@/lib/observability/promql/dialect";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { Promql } from "@/lib/observability/promql/promql";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

export type OnDatadog = { dialect: ServingRuntime["dialect"]; namespace: string; name: string; accelerators: number; revisions: number[] };

/** The agent's own interval is 15 s: a finer bucket would hold two readings or none. */
const FINEST_SECONDS = 30;
/** What the agent read may take so long to be there. */
const ARRIVED_SECONDS = 45;
const MOST_BUCKETS = 300;

const ALL_PARTS: ServerPart[] = ["requests", "failed", "of", "latency", "mean", "waiting", "compute", "ttft", "queue", "tokens", "causes"];
const PART_OF: Record<ServerMeasure, ServerPart> = { requestsPerSecond: "requests", p50: "latency", p95: "latency", p99: "latency", mean: "mean", queueP95: "waiting", computeP50: "compute", computeP95: "compute", errorRate: "failed", queue: "queue", tokensPerSecond: "tokens", ttftP50: "ttft", ttftP95: "ttft" };
const GAUGES_OF: Record<ContainerMeasure, { gauges: DatadogGauge[]; needs: string }> = {
  cpu: { gauges: ["cpu"], needs: "the agent's kubelet check" }, memory: { gauges: ["memory"], needs: "the agent's kubelet check" }, throttled: { gauges: ["throttled", "periods"], needs: "the agent's kubelet check" }, restarts: { gauges: ["restarts"], needs: "the agent's kubelet check" },
  replicas: { gauges: ["replicas"], needs: "Datadog's Kubernetes State Metrics Core check" }, gpu: { gauges: ["gpu"], needs: "Datadog's DCGM exporter check" }, gpuMemory: { gauges: ["gpuMemory"], needs: "Datadog's DCGM exporter check" },
};
const NO_NODES: Gap = { measure: "nodes", kind: "absent", reason: "What nodes the pods are on is not read from Datadog: its tags for them differ by account. The replicas' own page tells." };

/** Measures from Datadog: two requests a page, whatever the replicas, one for what the model server counts and one for what the agent sees of its pods; each fails for itself. */
export function datadogSource(ask: AskDatadog, of: OnDatadog): RevisionSource {
  const server = DATADOG_SERVERS[of.dialect];
  const { title } = DIALECTS[of.dialect];
  const reasons = DIALECTS[of.dialect].measures(new Promql({ pods: "", window: "1m", perDeployment: false }));
  const whyNot = (m: ServerMeasure): string => { const r = reasons[m]; return isAbsent(r) ? r.absent : `${title} does not expose this measure.`; };
  const nothingCame = `No metrics of ${title} came from the Datadog agent in this window. "Datadog agent" must be on in the target's settings, and the agent must reach the pods' metrics port.`;
  const has = (m: ServerMeasure): boolean => ({ p50: server.latency, p95: server.latency, p99: server.latency, mean: server.mean ?? server.latency, queueP95: server.waiting, computeP50: server.compute, computeP95: server.compute, ttftP50: server.ttft, ttftP95: server.ttft, queue: server.queue, tokensPerSecond: server.tokens, requestsPerSecond: true, errorRate: true })[m] !== null;
  const scope = (revision: number | undefined, bucketSeconds: number): DatadogScope => ({ ...podsOnDatadog(of.namespace, of.name, revision ?? null), by: [], bucketSeconds });

  return {
    name: "datadog",
    async figures({ revision, from, to }) {
      const seconds = Math.max(FINEST_SECONDS, (to.getTime() - from.getTime()) / 1000);
      const bucketSeconds = Math.ceil(Math.max(FINEST_SECONDS, seconds / MOST_BUCKETS) / FINEST_SECONDS) * FINEST_SECONDS;
      try {
        const answer = await ask(serverQueries(of.dialect, scope(revision, bucketSeconds), ["requests", "failed", "of", "latency"]), { fromSeconds: Math.floor(from.getTime() / 1000), toSeconds: Math.floor(to.getTime() / 1000), bucketSeconds });
        if (answer.partial !== null) throw new UselessAnswer(`Datadog says that a part is missing: ${answer.partial}`);
        const t = totalsOf(server, answer);
        return { requests: t.requests, errors: t.errors, p99Seconds: t.p99, missing: { ...(t.requests === null ? { requests: nothingCame } : {}), ...(t.errors === null ? { errors: nothingCame } : {}), ...(t.p99 === null ? { p99Seconds: server.latency === null ? whyNot("p99") : nothingCame } : {}) } };
      } catch (error) {
        if (!(error instanceof UselessAnswer)) throw error;
        return { requests: null, errors: null, p99Seconds: null, missing: { requests: error.message, errors: error.message, p99Seconds: error.message } };
      }
    },
    async query({ revision, now, only, ...asked }): Promise<Metrics> {
      const range = rangeOf({ ...asked, now });
      const bucketSeconds = Math.ceil(FINEST_SECONDS / range.stepSeconds) * range.stepSeconds;
      const arrived = Math.min(range.toSeconds, Math.floor(now.getTime() / 1000) - ARRIVED_SECONDS);
      const stretch = { fromSeconds: Math.floor(range.fromSeconds / bucketSeconds) * bucketSeconds, toSeconds: Math.max(Math.floor(arrived / bucketSeconds) * bucketSeconds, Math.floor(range.fromSeconds / bucketSeconds) * bucketSeconds + bucketSeconds), bucketSeconds };
      const wanted = new Set<Measure>(only ?? MEASURES);
      const gaps: Gap[] = [];
      const from = scope(revision, bucketSeconds);
      // The totals of the window are made of the same counts.
      const parts = only ? ALL_PARTS.filter((p) => ["requests", "failed", "of", "latency", "compute"].includes(p) || [...wanted].some((m) => PART_OF[m as ServerMeasure] === p)) : ALL_PARTS;
      const cluster = (Object.keys(GAUGES_OF) as ContainerMeasure[]).filter((m) => wanted.has(m) && (of.accelerators > 0 || (m !== "gpu" && m !== "gpuMemory")));
      const [own, seen] = await Promise.all([
        attempt(ask(serverQueries(of.dialect, from, parts), stretch)), cluster.length === 0 ? null : attempt(ask(gaugeQueries(from, cluster.flatMap((m) => GAUGES_OF[m].gauges)), stretch)),
      ]);
      const onSteps = (answer: DatadogAnswer, value: Value): Points => {
        const at = new Map(answer.at.map((t, i) => [t, i]));
        return gridOf(range).map((t) => { const i = at.get(Math.floor(t / bucketSeconds) * bucketSeconds); return [t, i === undefined ? null : value(i)]; });
      };
      const series: Partial<Record<Measure, Points>> = {};
      const draw = (measure: Measure, answer: DatadogAnswer | Failed | null, value: (a: DatadogAnswer) => Value, whenEmpty: string) => {
        if (!wanted.has(measure) || answer === null) return;
        if ("failed" in answer) return void gaps.push({ measure, kind: "failed", reason: answer.failed });
        const v = value(answer);
        series[measure] = onSteps(answer, v);
        if (answer.partial !== null) gaps.push({ measure, kind: "partial", reason: `Datadog says that a part is missing: ${answer.partial}` });
        else if (answer.at.every((_, i) => v(i) === null)) gaps.push({ measure, kind: "empty", reason: whenEmpty });
      };
      const measures = "failed" in own ? null : measuresOf(server, own, bucketSeconds);
      for (const m of Object.keys(PART_OF) as ServerMeasure[]) {
        if (wanted.has(m) && !has(m)) gaps.push({ measure: m, kind: "absent", reason: whyNot(m) });
        else draw(m, own, () => measures![m], nothingCame);
      }
      for (const m of Object.keys(GAUGES_OF) as ContainerMeasure[]) {
        const { needs } = GAUGES_OF[m];
        if (wanted.has(m) && of.accelerators === 0 && (m === "gpu" || m === "gpuMemory")) gaps.push({ measure: m, kind: "absent", reason: "The profile has no GPU." });
        else draw(m, seen, (a) => gaugeOf(m, a), `No series of ${needs} for its pods in this window. Is it on, with the tags kube_namespace and kube_deployment?`);
      }
      const nothing: Points = gridOf(range).map((t) => [t, null]);
      if (!("failed" in own) && overall(countsOf(own, "requests")) === 0) removeQuiet(gaps);
      const newest = Math.max(...Object.values(series).flatMap((points) => points.findLast(([, v]) => v !== null)?.[0] ?? []));
      if (!only) gaps.push(NO_NODES, ...("failed" in own ? [{ measure: "errorsByCause" as const, kind: "failed" as const, reason: own.failed }, { measure: "totals" as const, kind: "failed" as const, reason: own.failed }] : []));
      const order = (g: Gap) => (MEASURES as readonly string[]).indexOf(g.measure);
      return {
        from: range.fromSeconds, to: range.toSeconds, stepSeconds: range.stepSeconds, source: "datadog", asOf: Number.isFinite(newest) ? newest + range.stepSeconds : null, revisions: of.revisions,
        series: { ...emptySeries(gridOf(range)), ...series, costPerHour: nothing, costPer1000: nothing },
        errorsByCause: "failed" in own || only ? {} : causesOf(server, own, bucketSeconds, onSteps), gaps: gaps.sort((a, b) => order(a) - order(b)), nodes: null,
        totals: "failed" in own ? { requests: null, errors: null, p50: null, p95: null, p99: null, computeP50Ms: null, computeMeanMs: null, computeSeconds: null } : totalsOf(server, own),
      };
    },
  };
}

type Failed = { failed: string };
async function attempt(work: Promise<DatadogAnswer>): Promise<DatadogAnswer | Failed> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UselessAnswer) return { failed: error.message };
    throw error;
  }
}

/** Where its counters are there and nobody asked, percentiles and rates of errors are not missing. */
function removeQuiet(gaps: Gap[]): void {
  const quiet = new Set<Gap["measure"]>(["p50", "p95", "p99", "mean", "errorRate", "queueP95", "computeP50", "computeP95", "ttftP50", "ttftP95"]);
  for (let i = gaps.length - 1; i >= 0; i--) if (gaps[i]!.kind === "empty" && quiet.has(gaps[i]!.measure)) gaps.splice(i, 1);
}
