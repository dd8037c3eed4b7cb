import { COST_WINDOWS, type CostWindow } from "@/lib/costs/deployment-costs";
import { priceReplicaTime } from "@/lib/costs/price-replica-time";
import { readLedger } from "@/lib/costs/replica-time-source";
import { pool } from "@/lib/db/pool";
import { readRollups } from "@/lib/observability/read-samples";
import { failures, handled } from "@/lib/observability/series";

/** What a project cost in a window: in all, and by deployment (deleted ones too, since the bill outlives them). Idle rests on roll-ups, so it lags by about a minute. */
export async function projectCosts(projectId: string, windowName: CostWindow, now = new Date()) {
  const window = { from: new Date(now.getTime() - COST_WINDOWS[windowName] * 1000), to: now };
  const [intervals, steps] = await Promise.all([
    readLedger({ projectId }, window),
    readRollups(pool(), COST_WINDOWS[windowName] > 2 * 86_400 ? 900 : 60, window.from, now, { projectId }),
  ]);
  const price = (rows: typeof intervals, measured: typeof steps) => priceReplicaTime({
    intervals: rows, window, now,
    busySeconds: measured.length > 0 ? measured.reduce((sum, s) => sum + s.computeSum, 0) : null,
    predictions: measured.length > 0 ? measured.reduce((sum, s) => sum + handled(s) - failures(s), 0) : null,
  });
  const stepsOf = Map.groupBy(steps, (s) => s.deploymentId);
  const deployments = [...Map.groupBy(intervals, (r) => r.deploymentId)].map(([id, rows]) => {
    const newest = rows.reduce((a, b) => (a.startedAt > b.startedAt ? a : b));
    return {
      deployment: newest.deploymentSlug, model: newest.modelSlug, profile: newest.profileSlug, running: rows.some((r) => r.endedAt === null),
      cost: price(rows, stepsOf.get(id) ?? []),
    };
  });
  deployments.sort((a, b) => (b.cost.total ?? -1) - (a.cost.total ?? -1) || a.deployment.localeCompare(b.deployment));
  return {
    window: windowName, from: window.from.toISOString(), to: now.toISOString(), source: "Slipway: replica time × profile price",
    total: price(intervals, steps), deployments,
  };
}
