import { pool } from "@/lib/db/pool";
import { quantile } from "@/lib/observability/quantile";

/** Fewer than this are a first try, not a measure. */
const FEWEST = 20;

/** Compute time of a request as it was measured on a profile, in seconds. `p95`: as the histogram's buckets tell it. */
export type MeasuredSeconds = { mean: number; p95: number };

/**
 * How long a request of this model took on each profile it ran on, over the last 14 days: on this machine computing, by Slipway's own measures; on a
 * cluster in the server, its queue included, by the days that its Prometheus told of, with the slowest day's p95.
 */
export async function measuredSeconds(projectId: string, modelSlug: string, now: Date): Promise<ReadonlyMap<string, MeasuredSeconds>> {
  const { rows } = await pool().query<{ profile: string; n: number; sum: number }>(
    `SELECT p.slug AS profile, sum(b.n)::float8 AS n, sum(CASE WHEN b.place = 1 THEN t.compute_sum ELSE 0 END)::float8 AS sum
     FROM "Deployment" d JOIN "Model" m ON m.id = d."modelId" JOIN "Revision" r ON r."deploymentId" = d.id JOIN "Profile" p ON p.id = r."profileId"
     JOIN telemetry.rollup t ON t.step_seconds = 900 AND t.deployment_id = d.id AND t.revision = r.number AND t.at >= $3 AND t.at < $4
     CROSS JOIN LATERAL unnest(t.compute) WITH ORDINALITY AS b(n, place)
     WHERE d."projectId" = $1 AND m.slug = $2 GROUP BY p.slug, b.place ORDER BY p.slug, b.place`,
    [projectId, modelSlug, new Date(now.getTime() - 14 * 86_400_000), now]);
  const { rows: clusters } = await pool().query<{ profile: string; handled: number; busy: number; p95: number }>(
    `SELECT p.slug AS profile, sum(u.handled)::float8 AS handled, sum(u."busySeconds")::float8 AS busy, max(u."p95Seconds")::float8 AS p95
     FROM "Deployment" d JOIN "Model" m ON m.id = d."modelId" JOIN "Revision" r ON r."deploymentId" = d.id JOIN "Profile" p ON p.id = r."profileId"
     JOIN "ClusterUse" u ON u."deploymentId" = d.id AND u.revision = r.number AND u.day >= $3::date AND u."coveredTo" <= $4 AND u."busySeconds" IS NOT NULL AND u."p95Seconds" IS NOT NULL
     WHERE d."projectId" = $1 AND m.slug = $2 GROUP BY p.slug HAVING sum(u.handled) >= $5`,
    [projectId, modelSlug, new Date(now.getTime() - 14 * 86_400_000), now, FEWEST]);
  const measured = new Map(clusters.map((c): [string, MeasuredSeconds] => [c.profile, { mean: c.busy / c.handled, p95: c.p95 }]));
  for (const [profile, buckets] of Map.groupBy(rows, (r) => r.profile)) {
    const counts = buckets.map((b) => b.n);
    const requests = counts.reduce((sum, n) => sum + n, 0);
    const p95 = quantile(0.95, counts);
    if (requests >= FEWEST && p95 !== null) measured.set(profile, { mean: buckets[0]!.sum / requests, p95 });
  }
  return measured;
}
