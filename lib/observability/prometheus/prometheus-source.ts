import { emptySeries, gridOf, MEASURES, type Gap, type Measure, type Points } from "@/lib/observability/measures";
import { rangeOf, type Metrics, type RevisionSource, type Range } from "@/lib/observability/metrics-source";
import type { Ask } from "@/lib/observability/prometheus/ask";
import { readFigures } from "@/lib/observability/prometheus/read-figures";
import type { PromAnswer, PromSeries } from "@/lib/observability/prometheus/read-answer";
import { planQueries, type PlanInput, type QueryPlan } from "@/lib/observability/promql/plan-queries";
import { UselessAnswer } from "@/lib/observability/useless-answer";

export type Measured = Omit<PlanInput, "revision" | "window"> & { revisions: number[]; scrapeIntervalSeconds: number };

const TOTALS = ["requestsPerSecond", "errorRate", "p50", "p95", "p99", "computeP50"] as const;

/** Measures from a server of the Prometheus API. One query a measure, whatever the replicas; each fails for itself. */
export function prometheusSource(ask: Ask, of: Measured): RevisionSource {
  return {
    name: "prometheus",
    figures({ revision, from, to }) {
      // Fewer scrapes than that give no rate.
      const seconds = Math.max(4 * of.scrapeIntervalSeconds, Math.round((to.getTime() - from.getTime()) / 1000));
      return readFigures(ask, planQueries({ ...of, revision, window: `${seconds}s` }), seconds, to);
    },
    async query({ revision, now, only, ...asked }): Promise<Metrics> {
      const range = rangeOf({ ...asked, now });
      const planFor = (seconds: number) => planQueries({ ...of, revision: revision ?? null, window: `${seconds}s` });
      const plan = planFor(Math.max(4 * of.scrapeIntervalSeconds, range.stepSeconds));
      const gaps: Gap[] = [];
      const [read, byCause, nodes, totals] = await Promise.all([
        Promise.all((only ?? MEASURES).map(async (m) => [m, await readMeasure(ask, plan, m, range, gaps)] as const)), only ? {} : readCauses(ask, plan, range, gaps), only ? null : readNodes(ask, plan, range, gaps),
        readTotals(ask, planFor(range.toSeconds - range.fromSeconds), range, gaps),
      ]);
      const times = gridOf(range);
      const nothing: Points = times.map((t) => [t, null]);
      const series = { ...emptySeries(times), ...Object.fromEntries(read), costPerHour: nothing, costPer1000: nothing };
      const newest = Math.max(...read.flatMap(([, points]) => points.findLast(([, v]) => v !== null)?.[0] ?? []));
      const order = (g: Gap) => (MEASURES as readonly string[]).indexOf(g.measure);
      return {
        from: range.fromSeconds, to: range.toSeconds, stepSeconds: range.stepSeconds, source: "prometheus", asOf: Number.isFinite(newest) ? newest + range.stepSeconds : null,
        revisions: of.revisions, series, errorsByCause: byCause, gaps: gaps.sort((a, b) => order(a) - order(b)), nodes, totals,
      };
    },
  };
}

/** A rate at T is of the time before it: the step that begins a step earlier. */
const rangeForm = (expression: string, r: Range) => ({ query: expression, start: String(r.fromSeconds + r.stepSeconds), end: String(r.toSeconds), step: String(r.stepSeconds) });

async function readMeasure(ask: Ask, plan: QueryPlan, measure: Measure, range: Range, gaps: Gap[]): Promise<Points> {
  const planned = plan.measures[measure];
  const nothing = onGrid(undefined, range);
  if ("absent" in planned) {
    gaps.push({ measure, kind: "absent", reason: planned.absent });
    return nothing;
  }
  const own = await attempt(ask("query_range", rangeForm(planned.expression, range)), measure, gaps);
  if (!own) return nothing;
  const edge = own.series.length === 0 && planned.instead ? await ask("query_range", rangeForm(planned.instead.expression, range)).catch(useless) : null;
  const fromEdge = edge !== null && edge.series.length === 1;
  const answer = fromEdge ? edge : own;
  const points = onGrid(answer.series[0], range);
  if (answer.series.length === 0) gaps.push({ measure, kind: "empty", reason: planned.whenEmpty });
  else if (answer.series.length > 1) {
    gaps.push({ measure, kind: "failed", reason: `It answered with ${answer.series.length} series where one was asked for.` });
    return nothing;
  } else if (fromEdge) gaps.push({ measure, kind: "edge", reason: planned.instead!.edge });
  else if (planned.edge !== null) gaps.push({ measure, kind: "edge", reason: planned.edge });
  return points;
}

async function readCauses(ask: Ask, plan: QueryPlan, range: Range, gaps: Gap[]): Promise<Record<string, Points>> {
  const planned = plan.errorsByCause;
  if ("absent" in planned) {
    gaps.push({ measure: "errorsByCause", kind: "absent", reason: planned.absent });
    return {};
  }
  const answer = await attempt(ask("query_range", rangeForm(planned.expression, range)), "errorsByCause", gaps);
  // A server tells of every cause from its start, so that the first failure counts; those that never happened say nothing here.
  const happened = (answer?.series ?? []).filter((s) => s.points.some(([, value]) => value !== null && value > 0));
  return Object.fromEntries(happened.map((s) => [s.labels[planned.label] || "unknown", onGrid(s, range)]));
}

async function readNodes(ask: Ask, plan: QueryPlan, range: Range, gaps: Gap[]): Promise<Metrics["nodes"]> {
  const answer = await attempt(ask("query", { query: plan.nodes, time: String(range.toSeconds) }), "nodes", gaps);
  if (!answer || answer.series.length === 0) return null;
  return answer.series.map(({ labels: l, points }) => ({
    instanceType: l.label_node_kubernetes_io_instance_type || null, capacityType: l.label_karpenter_sh_capacity_type || l.label_eks_amazonaws_com_capacity_type || null, pods: Math.round(points[0]?.[1] ?? 0),
  }));
}

async function readTotals(ask: Ask, plan: QueryPlan, range: Range, gaps: Gap[]): Promise<Metrics["totals"]> {
  const seconds = range.toSeconds - range.fromSeconds;
  const values = await Promise.all(TOTALS.map(async (m) => {
    const planned = plan.measures[m];
    if ("absent" in planned) return null;
    const at = (query: string) => ask("query", { query, time: String(range.toSeconds) });
    const own = await attempt(at(planned.expression), "totals", gaps);
    const told = own?.series.length === 0 && planned.instead ? await at(planned.instead.expression).catch(useless) : own;
    return told?.series[0]?.points[0]?.[1] ?? null;
  }));
  const [rate, errorRate, p50, p95, p99, computeP50] = values;
  const requests = rate == null ? null : Math.round(rate * seconds);
  return {
    requests, errors: requests === null || errorRate == null ? null : Math.round(requests * errorRate), p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null,
    computeP50Ms: computeP50 == null ? null : computeP50 * 1000, computeMeanMs: null, computeSeconds: null,
  };
}

/** What would have helped out and fails as well leaves the measure missing for its own reason. */
function useless(error: unknown): null {
  if (error instanceof UselessAnswer) return null;
  throw error;
}

/** A failure is a gap of its measure, once. */
async function attempt(work: Promise<PromAnswer>, measure: Gap["measure"], gaps: Gap[]): Promise<PromAnswer | null> {
  const note = (kind: Gap["kind"], reason: string) => {
    if (!gaps.some((g) => g.measure === measure && g.reason === reason)) gaps.push({ measure, kind, reason });
  };
  try {
    const answer = await work;
    if (answer.warnings.length > 0) note("partial", `The source says that a part is missing: ${answer.warnings[0]}`);
    return answer;
  } catch (error) {
    if (!(error instanceof UselessAnswer)) throw error;
    note("failed", error.message);
    return null;
  }
}

/** Values by the start of their step; a step without one is null. */
function onGrid(series: PromSeries | undefined, range: Range): Points {
  const at = new Map(series?.points.map(([t, v]) => [Math.round(t) - range.stepSeconds, v]));
  return gridOf(range).map((t) => [t, at.get(t) ?? null]);
}
