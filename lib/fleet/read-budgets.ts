import type { Pool } from "pg";
import { FAILURE_CAUSES } from "@/lib/observability/series";

/** Requests and failures of these deployments since a time, from their quarter-hour roll-ups, and from minutes for what is not rolled up into quarters yet: one query, added up by the database. One without a roll-up is not in the answer. */
export async function readBudgets(pool: Pool, ids: readonly string[], since: Date): Promise<Map<string, { requests: number; errors: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; requests: string; errors: string }>(
    `SELECT deployment_id AS id, sum((SELECT coalesce(sum(v::numeric), 0) FROM jsonb_each_text(requests) AS r(k, v))) AS requests,
       sum((SELECT coalesce(sum(v::numeric), 0) FROM jsonb_each_text(errors) AS e(k, v) WHERE k = ANY($3))) AS errors
     FROM telemetry.rollup WHERE deployment_id = ANY($1) AND (step_seconds = 900 AND at >= $2
       OR step_seconds = 60 AND at >= greatest($2, (SELECT done_until FROM telemetry.rollup_progress WHERE step_seconds = 900))) GROUP BY deployment_id`, [ids, since, FAILURE_CAUSES]);
  return new Map(rows.map((r) => [r.id, { requests: Number(r.requests), errors: Number(r.errors) }]));
}
