import { BUDGET_DAYS, type FleetDeployment } from "@/lib/fleet/schema";
import { askOf, type Ask } from "@/lib/observability/prometheus/ask";
import type { PromSeries } from "@/lib/observability/prometheus/read-answer";
import { CONTAINER_MEASURES } from "@/lib/observability/promql/container";
import { isAbsent } from "@/lib/observability/promql/dialect";
import { literally, Promql, quoted } from "@/lib/observability/promql/promql";
import type { PlanInput } from "@/lib/observability/promql/plan-queries";
import type { PrometheusConnection } from "@/lib/observability/prometheus/ask";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";
import { UselessAnswer } from "@/lib/observability/useless-answer";

export type OnCluster = { id: string; series: PlanInput; dialect: ServingRuntime["dialect"]; cores: number };
export type ClusterFigures = Pick<FleetDeployment, "requests" | "p99Seconds" | "errorRate" | "utilisation" | "utilisationOf" | "cells" | "why">;
export type ClusterBudget = { requests: number | null; errors: number | null; why: string | null };
export type FleetAsked = { windowSeconds: number; cellSeconds: number; now: Date; /** Whether objectives are to be counted too. */ budgets: boolean };

/** More deployments than anybody has on a cluster: a bound on what a bad answer may cost. */
const MOST_SERIES = 2000;

/**
 * Deployments of one cluster from its Prometheus: three totals a kind of model server and three ranges, told apart by deployment in the answer, so
 * the number of queries does not depend on how many there are. A query that fails costs its own figures.
 */
export async function readClusterFleet(connection: PrometheusConnection, deployments: readonly OnCluster[], asked: FleetAsked, ask: Ask = askOf(connection)): Promise<Map<string, ClusterFigures & { budget: ClusterBudget; answered: boolean }>> {
  const namespaces = [...new Set(deployments.map((d) => d.series.namespace))];
  const scope = (window: string) => new Promql({ pods: `namespace=~${quoted(namespaces.map(literally).join("|"))},pod=~".+-r[0-9]+-.+"`, window, perDeployment: true });
  const end = Math.floor(asked.now.getTime() / 1000);
  const problems: string[] = [];
  const read = async (path: "query" | "query_range", query: string): Promise<Map<string, PromSeries["points"]>> => {
    const time: Record<string, string> = path === "query" ? { time: String(asked.now.getTime() / 1000) } : { start: String(end - asked.windowSeconds + asked.cellSeconds), end: String(end), step: String(asked.cellSeconds) };
    try {
      return new Map((await ask(path, { query, ...time }, MOST_SERIES)).series.map((s) => [`${s.labels.namespace}/${s.labels.slipway_deployment}`, s.points]));
    } catch (error) {
      if (!(error instanceof UselessAnswer)) throw error;
      if (!problems.includes(error.message)) problems.push(error.message);
      return new Map();
    }
  };
  const q = scope(`${asked.cellSeconds}s`);
  const dialects = [...new Set(deployments.map((d) => d.series.dialect))];
  const gpus = deployments.some((d) => d.series.accelerators > 0);
  const totalsOf = async (dialect: PlanInput["dialect"], window: string) => {
    const measures = dialect.measures(scope(window));
    const [rate, p99, errors] = await Promise.all([measures.requestsPerSecond, measures.p99, measures.errorRate].map((e) => (isAbsent(e) ? new Map<string, PromSeries["points"]>() : read("query", e))));
    return { rate: rate!, p99: p99!, errors: errors!, lacks: isAbsent(measures.p99) ? measures.p99.absent : null };
  };
  const [cpu, ready, gpu, totals, week] = await Promise.all([
    read("query_range", CONTAINER_MEASURES.cpu.expression(q)), read("query_range", CONTAINER_MEASURES.replicas.expression(q)), gpus ? read("query_range", CONTAINER_MEASURES.gpu.expression(q)) : new Map<string, PromSeries["points"]>(),
    Promise.all(dialects.map((d) => totalsOf(d, `${asked.windowSeconds}s`))), asked.budgets ? Promise.all(dialects.map((d) => totalsOf(d, `${BUDGET_DAYS}d`))) : [],
  ]);
  const times = Array.from({ length: asked.windowSeconds / asked.cellSeconds }, (_, i) => end - asked.windowSeconds + (i + 1) * asked.cellSeconds);
  const one = (found: Map<string, PromSeries["points"]> | undefined, key: string) => found?.get(key)?.[0]?.[1] ?? null;
  const why = problems.length > 0 ? problems.join(" ") : null;
  return new Map(deployments.map((d) => {
    const key = `${d.series.namespace}/${d.series.name}`;
    const at = (found: Map<string, PromSeries["points"]>) => new Map((found.get(key) ?? []).map(([t, v]) => [Math.round(t), v]));
    const [used, replicas, busy] = [at(cpu), at(ready), at(gpu)];
    const onGpu = d.series.accelerators > 0;
    const cells = utilisationCells({ times, onGpu, cores: d.cores, used, replicas, busy });
    const own = totals[dialects.indexOf(d.series.dialect)]!;
    const rate = one(own.rate, key);
    const seven = week[dialects.indexOf(d.series.dialect)];
    const [weekRate, weekErrors] = [one(seven?.rate, key), one(seven?.errors, key)];
    const weekRequests = weekRate === null ? null : Math.round(weekRate * BUDGET_DAYS * 86_400);
    return [d.id, {
      answered: problems.length === 0, requests: rate === null ? null : Math.round(rate * asked.windowSeconds), p99Seconds: one(own.p99, key), errorRate: one(own.errors, key), utilisationOf: onGpu ? ("gpu" as const) : ("processor" as const),
      utilisation: meanOf(cells), cells,
      why: why ?? (rate === null ? "No metrics of its pods were found in this window." : own.lacks),
      budget: { requests: weekRequests, errors: weekRequests === null || weekErrors === null ? null : Math.round(weekErrors * weekRequests), why: why ?? (weekRate === null ? `No metrics of its pods in ${BUDGET_DAYS} days.` : null) },
    }];
  }));
}

type Over = ReadonlyMap<number, number | null>;
/** Pure: the share of its GPUs that was busy, or of the cores its ready replicas asked for, by cell. */
export function utilisationCells({ times, onGpu, cores, used, replicas, busy }: { times: readonly number[]; onGpu: boolean; cores: number; used: Over; replicas: Over; busy: Over }): (number | null)[] {
  return times.map((t) => {
    if (onGpu) return busy.get(t) ?? null;
    const [u, r] = [used.get(t) ?? null, replicas.get(t) ?? null];
    return u === null || r === null || r <= 0 ? null : u / (r * cores);
  });
}
/** Of what is known; null: nothing is. */
export function meanOf(cells: readonly (number | null)[]): number | null {
  const known = cells.filter((c) => c !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}
