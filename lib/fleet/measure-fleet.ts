import { conditionSchema } from "@/lib/alerts/schema";
import { replicaTimeSource } from "@/lib/costs/replica-time-source";
import { sumKnown } from "@/lib/fleet/sum-known";
import { withUse } from "@/lib/costs/with-use";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { budgetLeft, foldSteps, type TimedStep } from "@/lib/fleet/fold-steps";
import { fleetWithAlb, type FleetFigures } from "@/lib/fleet/fleet-with-alb";
import { fleetWithEnvoy } from "@/lib/fleet/fleet-with-envoy";
import { readBudgets } from "@/lib/fleet/read-budgets";
import { readClusterFleet, type ClusterFigures, type FleetAsked } from "@/lib/fleet/read-cluster-fleet";
import { readDatadogFleet } from "@/lib/fleet/read-datadog-fleet";
import { BUDGET_DAYS, FLEET_WINDOWS, type Fleet, type FleetDeployment, type FleetObjective, type FleetWindow } from "@/lib/fleet/schema";
import { albEdgeOf } from "@/lib/observability/alb/edge";
import { askOf } from "@/lib/observability/prometheus/ask";
import { readRollups } from "@/lib/observability/read-samples";
import { dialectOf, MEASURED_WITH, onCluster, seriesOn, type MeasuredRow } from "@/lib/observability/source-of";
import { connectionOf, isDatadog } from "@/lib/observability/sources/connection-of";
import type { Profile } from "@/lib/profiles/schema";
import { AppError } from "@/lib/errors";
import { settingsOf } from "@/lib/targets/kubernetes/settings-of";

const MOST = 1000;
type Row = MeasuredRow & { phase: FleetDeployment["phase"] };

/**
 * Every deployment of these projects side by side. The number of queries depends on the number of clusters and kinds of model server, never on that of
 * the deployments: five of the database, and of each cluster's source those of readClusterFleet and fleetWithEnvoy.
 */
export async function measureFleet(projects: readonly { id: string; slug: string }[], window: FleetWindow, now = new Date()): Promise<Fleet> {
  const { seconds, cellSeconds, stepSeconds } = FLEET_WINDOWS[window];
  // Up to now, so that what began a minute ago is in it: the cells begin where the window does.
  const toMs = Math.floor(now.getTime() / 1000) * 1000;
  const fromMs = toMs - seconds * 1000;
  const ids = projects.map((p) => p.id);
  const period = { from: new Date(fromMs), to: now };
  const [found, count, steps, { allocations, estimate }, rules] = await Promise.all([
    db().deployment.findMany({ where: { projectId: { in: ids } }, select: { ...MEASURED_WITH, phase: true }, orderBy: [{ projectId: "asc" }, { slug: "asc" }], take: MOST }), db().deployment.count({ where: { projectId: { in: ids } } }),
    readWindow(period, stepSeconds, ids), replicaTimeSource.allocations({ window: period, now, projectIds: ids }),
    db().alertRule.findMany({ where: { projectId: { in: ids }, enabled: true, condition: { path: ["kind"], equals: "burnRate" } }, orderBy: [{ name: "asc" }, { id: "asc" }] }),
  ]);
  const rows = found as Row[];
  const watched = rules.flatMap((rule) => rows.filter((d) => d.projectId === rule.projectId && (rule.deploymentId === null || rule.deploymentId === d.id)).map((d) => ({ rule, d })));
  const [clusters, budgets] = await Promise.all([
    ofClusters(rows.filter(onCluster), { windowSeconds: seconds, cellSeconds, now, budgets: watched.some((w) => onCluster(w.d)) }),
    readBudgets(pool(), [...new Set(watched.filter((w) => !onCluster(w.d)).map((w) => w.d.id))], new Date(now.getTime() - BUDGET_DAYS * 86_400_000)),
  ]);
  const stepsOf = Map.groupBy(steps, (s) => s.deploymentId);
  const costOf = Map.groupBy(allocations, (a) => a.deploymentId);
  const deployments = rows.map((d): FleetDeployment => {
    const cores = new Map(d.revisions.map((r) => [r.number, (r.profile as Profile).cpuMillicores / 1000]));
    const own = foldSteps(stepsOf.get(d.id) ?? [], (n) => cores.get(n), { fromMs, cellMs: cellSeconds * 1000, count: seconds / cellSeconds });
    const costs = (costOf.get(d.id) ?? []).map((a) => a.cost);
    const cost = withUse({ total: sumKnown(costs.map((c) => c.total)), replicaSeconds: costs.reduce((sum, c) => sum + c.replicaSeconds, 0) }, { busySeconds: own.busySeconds, predictions: own.predictions });
    const { requests, p99Seconds, errorRate, utilisation, cells } = own;
    const local = { requests, p99Seconds, errorRate, utilisation, utilisationOf: "processor" as const, cells, why: requests === null ? "Nothing was measured in this window." : null };
    const cluster = clusters.get(d.id);
    const measured: ClusterFigures = onCluster(d) ? (cluster ?? { ...local, requests: null, p99Seconds: null, errorRate: null, utilisation: null, cells: cells.map(() => null), why: "Its cluster has no source." }) : local;
    return {
      project: d.project.slug, deployment: d.slug, phase: d.phase, target: d.target.slug, source: !onCluster(d) ? "embedded" : d.target.metricsSource ? (d.target.metricsSource.kind as "prometheus" | "datadog") : "none",
      requests: measured.requests, p99Seconds: measured.p99Seconds, errorRate: measured.errorRate, utilisation: measured.utilisation, utilisationOf: measured.utilisationOf, cells: measured.cells, why: measured.why, costUsd: cost.total, idleUsd: cost.idle,
    };
  });
  const objectives = watched.map(({ rule, d }): FleetObjective => {
    const condition = conditionSchema.parse(rule.condition);
    const objectivePercent = condition.kind === "burnRate" ? condition.objectivePercent : 100;
    const counted = onCluster(d) ? (clusters.get(d.id)?.budget ?? { requests: null, errors: null, why: "Its cluster has no source." }) : { requests: null, errors: null, why: null, ...budgets.get(d.id) };
    return { rule: rule.name, ruleId: rule.id, project: d.project.slug, deployment: d.slug, objectivePercent, requests: counted.requests, errors: counted.errors, budgetLeft: budgetLeft(counted.requests, counted.errors, objectivePercent), why: counted.why };
  });
  return { window, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), cellSeconds, budgetDays: BUDGET_DAYS, estimate, deployments, objectives, left: Math.max(0, count - rows.length) };
}

/** Roll-ups of a window; of a long one quarters of an hour, and minutes for what is not rolled up into quarters yet. */
async function readWindow({ from, to }: { from: Date; to: Date }, stepSeconds: 60 | 900, projectIds: string[]): Promise<TimedStep[]> {
  const timed = async (step: 60 | 900, since: Date) => (await readRollups(pool(), step, since, to, { projectIds })).map((s) => ({ ...s, seconds: step }));
  if (stepSeconds === 60) return timed(60, from);
  const quarters = await timed(900, from);
  const until = quarters.reduce((latest, s) => Math.max(latest, s.at + 900_000), from.getTime());
  return [...quarters, ...(await timed(60, new Date(until)))];
}

/** Each cluster by its own source, side by side; one whose source cannot be used says so for its own deployments alone. */
async function ofClusters(rows: readonly Row[], asked: FleetAsked): Promise<Map<string, FleetFigures>> {
  const answers = await Promise.all([...Map.groupBy(rows, (d) => d.target.id).values()].map(async (of) => {
    const { target } = of[0]!;
    if (!target.metricsSource) return [];
    try {
      const settings = settingsOf(target);
      const on = of.map((d) => { const series = seriesOn(d, settings); return { id: d.id, series, dialect: dialectOf(d), cores: coresNow(d) }; });
      const connection = connectionOf(target.slug, target.metricsSource);
      const figures = await (isDatadog(connection) ? readDatadogFleet(connection, on, asked) : fleetWithEnvoy(await readClusterFleet(connection, on, asked), on, askOf(connection), asked));
      const alb = albEdgeOf(target, settings);
      return [...(alb ? await fleetWithAlb(figures, on, alb, asked) : figures)];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const nothing = { requests: null, p99Seconds: null, errorRate: null, utilisation: null, utilisationOf: "processor" as const, cells: Array.from({ length: asked.windowSeconds / asked.cellSeconds }, () => null), why: error.message, budget: { requests: null, errors: null, why: error.message }, answered: false };
      return of.map((d) => [d.id, nothing] as const);
    }
  }));
  return new Map(answers.flat());
}

const coresNow = (d: Row): number => ((d.revisions.find((r) => r.number === (d.stableRevision ?? d.desiredRevision))?.profile as Profile | undefined)?.cpuMillicores ?? 0) / 1000;
