import type { FleetFigures } from "@/lib/fleet/fleet-with-alb";
import type { FleetAsked, OnCluster } from "@/lib/fleet/read-cluster-fleet";
import { BUDGET_DAYS } from "@/lib/fleet/schema";
import type { Ask } from "@/lib/observability/prometheus/ask";
import { edgesExpression, ROUTE_LABEL } from "@/lib/observability/promql/edge";
import { AT_EDGE } from "@/lib/observability/promql/plan-queries";
import { UselessAnswer } from "@/lib/observability/useless-answer";

const MEASURES = ["requestsPerSecond", "p99", "errorRate"] as const;
type Told = Record<(typeof MEASURES)[number], ReadonlyMap<string, number>>;

const lacksFigures = (f: FleetFigures) => f.requests === null || (f.requests > 0 && (f.p99Seconds === null || f.errorRate === null));
const lacksBudget = (f: FleetFigures) => f.budget.requests === null || f.budget.errors === null;

/**
 * What a cluster's model servers do not tell of requests, from Envoy in front of them, by the same Prometheus: three queries for all deployments that lack
 * something, and as many for their objectives. Nothing is asked where nothing is lacking, nor in place of a source that failed.
 */
export async function fleetWithEnvoy(figures: ReadonlyMap<string, FleetFigures>, deployments: readonly OnCluster[], ask: Ask, { windowSeconds, now, budgets }: FleetAsked): Promise<Map<string, FleetFigures>> {
  const behind = deployments.flatMap(({ id, series: { edge } }) => { const f = figures.get(id); return edge.kind === "envoy" && f?.answered ? [{ id, route: edge.route, f }] : []; });
  const [own, week] = [behind.filter(({ f }) => lacksFigures(f)), budgets ? behind.filter(({ f }) => lacksBudget(f)) : []];
  const answered = new Map(figures);
  const change = (id: string, to: Partial<FleetFigures>) => answered.set(id, { ...answered.get(id)!, ...to });
  const [inWindow, inWeek] = await Promise.all([told(ask, own.map((d) => d.route), windowSeconds, now), told(ask, week.map((d) => d.route), BUDGET_DAYS * 86_400, now)]);
  for (const { id, route, f } of own) {
    if ("failed" in inWindow) { change(id, { why: [f.why, `Envoy's series could not be read instead: ${inWindow.failed}`].filter(Boolean).join(" ") }); continue; }
    const rate = inWindow.requestsPerSecond.get(route);
    if (rate === undefined) continue;
    change(id, { requests: f.requests ?? Math.round(rate * windowSeconds), p99Seconds: f.p99Seconds ?? inWindow.p99.get(route) ?? null, errorRate: f.errorRate ?? inWindow.errorRate.get(route) ?? null, why: [f.why, AT_EDGE].filter(Boolean).join(" ") });
  }
  for (const { id, route, f } of week) {
    const rate = "failed" in inWeek ? undefined : inWeek.requestsPerSecond.get(route);
    if ("failed" in inWeek || rate === undefined) continue;
    const requests = f.budget.requests ?? Math.round(rate * BUDGET_DAYS * 86_400);
    const share = inWeek.errorRate.get(route);
    change(id, { budget: { requests, errors: f.budget.errors ?? (share === undefined ? null : Math.round(share * requests)), why: AT_EDGE } });
  }
  return answered;
}

/** What Envoy counted of these routes in a time up to now, by route. */
async function told(ask: Ask, routes: readonly string[], seconds: number, now: Date): Promise<Told | { failed: string }> {
  const nothing: Told = { requestsPerSecond: new Map(), p99: new Map(), errorRate: new Map() };
  if (routes.length === 0) return nothing;
  try {
    const read = async (measure: (typeof MEASURES)[number]) => {
      const { series } = await ask("query", { query: edgesExpression(routes, measure, `${seconds}s`)!, time: String(now.getTime() / 1000) }, routes.length);
      return [measure, new Map(series.flatMap(({ labels, points }) => { const value = points[0]?.[1]; return value == null ? [] : [[labels[ROUTE_LABEL] ?? "", value] as const]; }))] as const;
    };
    return { ...nothing, ...Object.fromEntries(await Promise.all(MEASURES.map(read))) };
  } catch (error) {
    if (!(error instanceof UselessAnswer)) throw error;
    return { failed: error.message };
  }
}
