import { extrapolate } from "@/lib/costs/extrapolate";
import { clusterUseIn, sumUse, useOfSteps } from "@/lib/costs/line-use";
import { measuredCosts } from "@/lib/costs/measured-costs";
import { replicaTimeSource } from "@/lib/costs/replica-time-source";
import { sumCosts } from "@/lib/costs/sum-costs";
import { cellsOf } from "@/lib/costs/summary/summarise";
import type { findDeployment } from "@/lib/deployments/find-deployment";
import { predictionsOfTests } from "@/lib/load-tests/predictions-of-tests";
import { readSteps } from "@/lib/observability/embedded-source";
import { totalsOf } from "@/lib/observability/series";
import type { StoredInspection } from "@/lib/models/stored-inspection";
import { listProfiles } from "@/lib/profiles/list-profiles";
import type { Profile } from "@/lib/profiles/schema";

export const COST_WINDOWS = { "1h": 3600, "1d": 86_400, "24h": 86_400, "7d": 604_800, "30d": 2_592_000 } as const;
export type CostWindow = keyof typeof COST_WINDOWS;

type Deployment = Awaited<ReturnType<typeof findDeployment>>;

/** What a deployment cost in a window, idle apart from used, per day and per 1,000 predictions. */
export async function deploymentCosts(deployment: { id: string; projectId: string; project: string }, windowName: CostWindow, now = new Date()) {
  const window = { from: new Date(now.getTime() - COST_WINDOWS[windowName] * 1000), to: now };
  const [{ allocations, source }, { steps }, clusters, loadTestPredictions] = await Promise.all([
    replicaTimeSource.allocations({ window, now, deploymentIds: [deployment.id] }), readSteps(deployment.id, window.from, now, 60_000), clusterUseIn(window, [deployment.projectId], deployment.id), predictionsOfTests(deployment.id, window.from, now),
  ]);
  const told = await measuredCosts({ window, now, deploymentIds: [deployment.id] }, allocations, () => deployment.project);
  const use = [...useOfSteps(steps), ...clusters];
  const { predictions, ...shares } = sumUse(allocations.flatMap((a) => [...cellsOf(a, use)]));
  return { window: windowName, from: window.from.toISOString(), to: now.toISOString(), source, predictions, loadTestPredictions, priceNote: allocations[0]?.priceNote ?? null, measured: told, ...sumCosts(allocations.map((a) => a.cost), predictions, { window, now }), ...shares };
}

/** "And on AWS?": null until something was predicted. */
export async function onAws(deployment: Deployment, now = new Date()) {
  const { steps } = await readSteps(deployment.id, new Date(now.getTime() - 86_400_000), now, 60_000);
  const revision = deployment.revisions.find((r) => r.number === (deployment.stableRevision ?? deployment.desiredRevision));
  const totals = totalsOf(steps.filter((s) => s.revision === revision?.number));
  if (!revision || totals.computeMeanMs === null || totals.computeP50Ms === null) return null;
  const inspection = revision.version.inspection as StoredInspection;
  const { items } = await listProfiles({ limit: 10_000, targetKind: "aws" }, now);
  return extrapolate({
    measured: { meanMs: totals.computeMeanMs, p50Ms: totals.computeP50Ms, predictions: totals.requests - totals.errors },
    measuredCpuMillicores: (revision.profile as Profile).cpuMillicores,
    model: { format: revision.version.format, fileBytes: Number(revision.version.sizeBytes), parameters: inspection.parameters, weightBytes: inspection.weightBytes, weightBytesByType: inspection.weightBytesByType, facts: inspection.facts },
    profiles: items,
  });
}
