import { pool } from "@/lib/db/pool";
import { quantile } from "@/lib/observability/quantile";

export const ADVICE_DAYS = 14;
const DAY_MS = 86_400_000;
export type Measured = {
  deploymentId: string; quarters: number; firstAt: Date; lastAt: Date; handled: number; lastRequestAt: Date | null; quietShare: number | null; peakCpuCores: number | null; peakMemoryMib: number | null; peakBusy: number | null; p95Seconds: number | null;
};

/** Use of the last fourteen days by quarters of an hour, of the revision that serves, so that advice is not about another one. One row a deployment that was measured. */
export async function observe(deployments: readonly { id: string; revision: number }[], now: Date): Promise<Map<string, Measured>> {
  if (deployments.length === 0) return new Map();
  const from = new Date(now.getTime() - ADVICE_DAYS * DAY_MS);
  const values = [from, now, deployments.map((d) => d.id), deployments.map((d) => d.revision)];
  const mine = `telemetry.rollup r JOIN unnest($3::uuid[], $4::int[]) AS w(id, revision) ON r.deployment_id = w.id AND r.revision = w.revision WHERE r.step_seconds = 900 AND r.at >= $1 AND r.at < $2`;
  const [use, latency] = await Promise.all([
    pool().query<Omit<Measured, "p95Seconds">>(
      `WITH q AS (SELECT deployment_id, at, (SELECT coalesce(sum(v::float8), 0) FROM jsonb_each_text(requests) x(k, v)) AS handled, compute_sum, cpu_seconds, rss_bytes, greatest(replicas_ready, 1) AS ready FROM ${mine}),
       l AS (SELECT *, lag(handled) OVER (PARTITION BY deployment_id ORDER BY at) AS before FROM q)
       SELECT deployment_id AS "deploymentId", count(*)::int AS quarters, min(at) AS "firstAt", max(at) AS "lastAt", sum(handled)::float8 AS handled, max(at) FILTER (WHERE handled > 0) AS "lastRequestAt",
         (count(*) FILTER (WHERE handled = 0 AND before = 0))::float8 / count(*) AS "quietShare", max(cpu_seconds / 900 / ready) AS "peakCpuCores", max(rss_bytes / ready / 1048576)::float8 AS "peakMemoryMib", max(compute_sum / 900) AS "peakBusy"
       FROM l GROUP BY deployment_id`, values),
    pool().query<{ deploymentId: string; latency: number[] }>(
      `SELECT "deploymentId", array_to_json(array_agg(n ORDER BY i)) AS latency FROM (SELECT deployment_id AS "deploymentId", i, sum(v)::float8 AS n FROM (SELECT r.deployment_id, r.latency FROM ${mine}) h CROSS JOIN LATERAL unnest(latency) WITH ORDINALITY u(v, i) GROUP BY 1, 2) b GROUP BY 1`, values),
  ]);
  const p95 = new Map(latency.rows.map((r) => [r.deploymentId, quantile(0.95, r.latency)]));
  return new Map(use.rows.map((r) => [r.deploymentId, { ...r, p95Seconds: p95.get(r.deploymentId) ?? null }]));
}
