import { gatherAdvice } from "@/lib/advice/gather";
import { listApplied } from "@/lib/advice/realised";
import type { AdviceList, DeploymentAdvice } from "@/lib/advice/schema";
import { addUsd } from "@/lib/costs/allocation-math";
import { pool } from "@/lib/db/pool";

/** Deployments that one list looks at. */
const MOST = 50;

/** Advice on one deployment, what it rests on, and what became of advice that was taken. */
export async function deploymentAdvice(id: string, now = new Date()): Promise<DeploymentAdvice> {
  const [[advised], applied] = await Promise.all([gatherAdvice([id], now), listApplied({ deploymentIds: [id] }, now)]);
  const { project, deployment, generation, observed, items, withheld } = advised!;
  return { project, deployment, etag: `g${generation}`, observed, items, withheld, applied };
}

/** Advice on the dearest running deployments of these projects. */
export async function listAdvice(projects: readonly { id: string }[], now = new Date()): Promise<AdviceList> {
  const projectIds = projects.map((p) => p.id);
  // By what their replicas cost an hour now; one without a price comes last.
  const { rows } = await pool().query<{ id: string; n: number }>(
    `SELECT d.id, count(*) OVER ()::int AS n FROM "Deployment" d LEFT JOIN "ReplicaInterval" r ON r."deploymentId" = d.id AND r."endedAt" IS NULL
     WHERE d."projectId" = ANY($1::uuid[]) AND d."desiredState" = 'running' GROUP BY d.id ORDER BY coalesce(sum(r."priceUsdPerHour"), 0) DESC, d.id LIMIT ${MOST}`, [projectIds]);
  const [advised, applied] = await Promise.all([gatherAdvice(rows.map((r) => r.id), now), listApplied({ projectIds }, now)]);
  const items = advised.flatMap((a) => a.items.map((advice) => ({ project: a.project, deployment: a.deployment, advice }))).sort((a, b) => b.advice.monthlySavingUsd - a.advice.monthlySavingUsd);
  return {
    items, monthlySavingUsd: addUsd(advised.map((a) => a.items[0]?.monthlySavingUsd ?? 0)) ?? 0, looked: advised.length, withheld: advised.filter((a) => a.items.length === 0 && a.withheld.length > 0).length, left: Math.max(0, (rows[0]?.n ?? 0) - rows.length), applied,
  };
}
