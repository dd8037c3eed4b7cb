import { COST_WINDOWS, type CostWindow } from "@/lib/costs/deployment-costs";
import { measuredCosts } from "@/lib/costs/measured-costs";
import { replicaTimeSource } from "@/lib/costs/replica-time-source";
import type { CostReport } from "@/lib/costs/schema";
import { clusterUseIn, sumUse, useOfSteps } from "@/lib/costs/line-use";
import { sumCosts } from "@/lib/costs/sum-costs";
import { cellsOf } from "@/lib/costs/summary/summarise";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { readRollups } from "@/lib/observability/read-samples";
import type { Step } from "@/lib/observability/steps";

/**
 * What these projects cost in a window: in all, and a line for each deployment and profile it ran on (deleted deployments too,
 * since the bill outlives them). Used and idle rest on roll-ups, which lag by about a minute, and on what clusters' metrics sources said by day.
 */
export async function costsOf(projects: readonly { id: string; slug: string }[], windowName: CostWindow, now = new Date()): Promise<CostReport> {
  const window = { from: new Date(now.getTime() - COST_WINDOWS[windowName] * 1000), to: now };
  const ids = projects.map((p) => p.id);
  const [{ allocations, source }, steps, clusters] = await Promise.all([replicaTimeSource.allocations({ window, now, projectIds: ids }), readMeasured(window, ids), clusterUseIn(window, ids)]);
  const slugOf = new Map(projects.map((p) => [p.id, p.slug]));
  const [states, measured] = await Promise.all([statesOf([...new Set(allocations.map((a) => a.deploymentId))]), measuredCosts({ window, now, projectIds: ids }, allocations, (id) => slugOf.get(id))]);
  const useOf = Map.groupBy([...useOfSteps(steps), ...clusters], (u) => u.deploymentId);
  const lines = allocations.map((a) => ({ a, cells: [...cellsOf(a, useOf.get(a.deploymentId) ?? [])] }));
  const deployments = lines.map(({ a, cells }) => {
    const { used, idle, predictions, per1000Predictions, ...part } = sumUse(cells);
    return {
      project: slugOf.get(a.projectId)!, deployment: a.deploymentSlug, model: a.modelSlug, profile: a.profileSlug,
      state: states.get(a.deploymentId) ?? ("deleted" as const), running: a.running, predictions, priceNote: a.priceNote,
      cost: { ...a.cost, used, idle, per1000Predictions }, ...part,
    };
  });
  deployments.sort((a, b) => (b.cost.total ?? -1) - (a.cost.total ?? -1) || a.deployment.localeCompare(b.deployment));
  const { predictions, known, missingDays } = sumUse(lines.flatMap((l) => l.cells));
  return { window: windowName, from: window.from.toISOString(), to: now.toISOString(), source, total: sumCosts(deployments.map((d) => d.cost), predictions, { window, now }), predictions, known, missingDays, measured, deployments };
}

const QUARTER_MS = 900_000;

/** Roll-ups of a window: of a long one quarters of an hour, and minutes for what is not rolled up into quarters yet. */
async function readMeasured(window: { from: Date; to: Date }, projectIds: string[]): Promise<Step[]> {
  if (window.to.getTime() - window.from.getTime() <= 2 * 86_400_000) return readRollups(pool(), 60, window.from, window.to, { projectIds });
  const quarters = await readRollups(pool(), 900, window.from, window.to, { projectIds });
  const rolledUpTo = quarters.reduce((latest, s) => Math.max(latest, s.at + QUARTER_MS), window.from.getTime());
  return [...quarters, ...(await readRollups(pool(), 60, new Date(rolledUpTo), window.to, { projectIds }))];
}

/** What deployments are meant to do now. One that is not in the answer is gone. */
async function statesOf(ids: string[]): Promise<Map<string, "running" | "stopped" | "deleted">> {
  const rows = await db().deployment.findMany({ where: { id: { in: ids } }, select: { id: true, desiredState: true } });
  return new Map(rows.map((d) => [d.id, d.desiredState]));
}
