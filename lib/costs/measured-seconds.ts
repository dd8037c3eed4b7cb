import { pool } from "@/lib/db/pool";

/** Fewer than this are a first try, not a measure. */
const FEWEST = 20;

/** Mean compute time of a request of this model by profile it ran on, over the last 14 days, in seconds. By Slipway's own measures. */
export async function measuredSeconds(projectId: string, modelSlug: string, now: Date): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool().query<{ profile: string; seconds: number }>(
    `SELECT p.slug AS profile, (sum(t.compute_sum) / sum(t.n))::float8 AS seconds
     FROM "Deployment" d JOIN "Model" m ON m.id = d."modelId" JOIN "Revision" r ON r."deploymentId" = d.id JOIN "Profile" p ON p.id = r."profileId"
     CROSS JOIN LATERAL (SELECT compute_sum, (SELECT sum(v) FROM unnest(compute) v) AS n FROM telemetry.rollup WHERE step_seconds = 900 AND deployment_id = d.id AND revision = r.number AND at >= $3 AND at < $4) t
     WHERE d."projectId" = $1 AND m.slug = $2 GROUP BY p.slug HAVING sum(t.n) >= ${FEWEST}`,
    [projectId, modelSlug, new Date(now.getTime() - 14 * 86_400_000), now]);
  return new Map(rows.map((r) => [r.profile, r.seconds]));
}
