import { readClusterP95 } from "@/lib/costs/cluster-use/read-cluster-use";
import { measuredCosts } from "@/lib/costs/measured-costs";
import { allocationsOf, LEDGER_SOURCE, readLedger, type LedgerRow } from "@/lib/costs/replica-time-source";
import { monthStart, periodWindows } from "@/lib/costs/summary/period";
import { readLatencies, readUse, type UseRow } from "@/lib/costs/summary/read-use";
import type { CostFilters, CostSummary, CostSummaryQuery } from "@/lib/costs/summary/schema";
import { cellsOf, summarise, type CostLine } from "@/lib/costs/summary/summarise";
import { db } from "@/lib/db/client";

type Projects = readonly { id: string; slug: string }[];
/** Histograms of more deployments than this are not read for one line. */
const MOST_FOR_P95 = 100;
const MOST_CHOICES = 500;
const MOST_MEASURED = 100;

/** What a selection of these projects cost in a period: sums, days, groups and month over month. */
export async function costSummary(projects: Projects, query: CostSummaryQuery, now = new Date()): Promise<CostSummary> {
  const { lines, ledger, all, window, previous, projectOf } = await readLines(projects, query, now);
  const ids = [...new Set(lines.map((l) => l.deploymentId))];
  const projectIds = projects.map((p) => p.id);
  const tooMany = ids.length > MOST_FOR_P95;
  // Percentiles that another server worked out cannot be added to ours, and ours alone would not be those of the selection.
  const apart = ids.length > 1 && lines.some((l) => l.onCluster);
  const [latencies, p95s, measured] = await Promise.all([
    tooMany || apart || ids.length === 0 ? null : readLatencies({ from: window.from, to: window.to, projectIds }, ids),
    ids.length === 1 ? readClusterP95({ from: window.from, to: window.to, projectIds }, ids[0]!) : new Map<number, number>(),
    measuredCosts({ window, now, projectIds, ...(ids.length === all.deployments.size ? {} : { deploymentIds: ids }) }, lines, projectOf),
  ]);
  const p95Known = (latencies !== null && latencies.size > 0) || p95s.size > 0;
  return {
    period: query.period, from: window.from.toISOString(), to: window.to.toISOString(), by: query.by, source: LEDGER_SOURCE,
    ...summarise({ lines, ledger, projectOf: (id) => projectOf(id)!, previous, now, by: query.by, latencies, p95s }),
    p95Note: tooMany ? `One p95 of ${ids.length} deployments would say nothing of any of them. Filter by project, model or deployment.` : apart ? "Percentiles of several servers cannot be added up, and a part of these run on a cluster. Filter by one deployment." : p95Known || ids.length === 0 ? null : "No latency was measured by Slipway in this time. Of a cluster, its metrics source said nothing of it.",
    choices: { projects: sorted(all.projects), models: sorted(all.models), profiles: sorted(all.profiles), deployments: sorted(all.names) },
    prices: [...Map.groupBy(lines, (l) => l.priceNote)].map(([note, of]) => ({ note, profiles: [...new Set(of.map((l) => l.profileSlug))].sort() })),
    measured: measured && { ...measured, lines: measured.lines.slice(0, MOST_MEASURED) },
  };
}

/** The lines of a selection with their cells, and the ledger of the months they are compared with. */
export async function readLines(projects: Projects, { period, project, model, profile, deployment }: CostFilters, now: Date) {
  const { window, previous } = periodWindows(period, now);
  const scope = project === undefined ? projects : projects.filter((p) => p.slug === project);
  const slugOf = new Map(projects.map((p) => [p.id, p.slug]));
  const earliest = new Date(Math.min(previous.from.getTime(), monthStart(now, -1).getTime()));
  const projectIds = projects.map((p) => p.id);
  const [rows, use] = await Promise.all([readLedger({ window: { from: earliest, to: now }, projectIds }), readUse({ from: window.from, to: window.to, projectIds: scope.map((p) => p.id) })]);
  const inScope = new Set(scope.map((p) => p.id));
  const ledger = rows.filter((r) => inScope.has(r.projectId) && (model === undefined || r.modelSlug === model) && (profile === undefined || r.profileSlug === profile) && (deployment === undefined || r.deploymentSlug === deployment));
  const touches = (r: LedgerRow) => r.startedAt < window.to && (r.endedAt === null || r.endedAt > window.from);
  const allocations = allocationsOf(ledger.filter(touches), window, now);
  const states = new Map((await db().deployment.findMany({ where: { projectId: { in: [...inScope] } }, select: { id: true, desiredState: true, target: { select: { kind: true } } } })).map((d) => [d.id, d]));
  const useOf = Map.groupBy(use, (u) => u.deploymentId);
  const lines = allocations.map((a): CostLine => ({ ...a, project: slugOf.get(a.projectId)!, state: states.get(a.deploymentId)?.desiredState ?? "deleted", onCluster: isCluster(states.get(a.deploymentId)?.target.kind, useOf.get(a.deploymentId)), cells: cellsOf(a, useOf.get(a.deploymentId) ?? []) }));
  const present = rows.filter(touches);
  const all = {
    projects: new Set(present.map((r) => slugOf.get(r.projectId)!)), models: new Set(present.map((r) => r.modelSlug)), profiles: new Set(present.map((r) => r.profileSlug)),
    names: new Set(present.map((r) => r.deploymentSlug)), deployments: new Set(present.map((r) => r.deploymentId)),
  };
  return { lines, ledger, all, window, previous, projectOf: (id: string) => slugOf.get(id) };
}

/** Of one that is gone, by who told of it. */
const isCluster = (kind: string | undefined, use: readonly UseRow[] = []): boolean => (kind === undefined ? use.some((u) => u.cluster) : kind !== "local");
const sorted = (names: Set<string>) => [...names].sort().slice(0, MOST_CHOICES);
