import { pool } from "@/lib/db/pool";
import { byHour } from "@/lib/advice/measured-of-quarters";
import type { BusyBy } from "@/lib/advice/schema";
import { quantile } from "@/lib/observability/quantile";

export const ADVICE_DAYS = 14;
const DAY_MS = 86_400_000;
export type Measured = {
  deploymentId: string; quarters: number; firstAt: Date; lastAt: Date; /** null: its server does not count requests. */ handled: number | null; lastRequestAt: Date | null; quietShare: number | null; /** By hour of the day (UTC); null: not measured. */ quietByHour: (number | null)[] | null;
  peakCpuCores: number | null; peakMemoryMib: number | null; /** Replicas at work at once, and by what that is told. */ peakBusy: number | null; busyBy: BusyBy | null; p95Seconds: number | null;
  /** null: it has none. Busy: GPUs of a replica at work at once; memory: of the fullest one. */ gpu: { peakBusy: number | null; peakMemoryMib: number | null } | null;
  /** What could not be read, and why. */ lacks: string[];
};

/** Use on this machine of the last fourteen days by quarters of an hour, of the revision that serves, so that advice is not about another one. One row a deployment that was measured. */
export async function observe(deployments: readonly { id: string; revision: number }[], now: Date): Promise<Map<string, Measured>> {
  if (deployments.length === 0) return new Map();
  const from = new Date(now.getTime() - ADVICE_DAYS * DAY_MS);
  const values = [from, now, deployments.map((d) => d.id), deployments.map((d) => d.revision)];
  const mine = `telemetry.rollup r JOIN unnest($3::uuid[], $4::int[]) AS w(id, revision) ON r.deployment_id = w.id AND r.revision = w.revision WHERE r.step_seconds = 900 AND r.at >= $1 AND r.at < $2`;
  const [use, latency] = await Promise.all([
    pool().query<Omit<Measured, "p95Seconds" | "quietByHour" | "busyBy" | "gpu" | "lacks"> & { hours: number[]; quiet: boolean[] }>(
      `WITH q AS (SELECT deployment_id, at, (SELECT coalesce(sum(v::float8), 0) FROM jsonb_each_text(requests) x(k, v)) AS handled, compute_sum, cpu_seconds, rss_bytes, greatest(replicas_ready, 1) AS ready FROM ${mine}),
       l AS (SELECT *, lag(handled) OVER (PARTITION BY deployment_id ORDER BY at) AS before FROM q)
       SELECT deployment_id AS "deploymentId", count(*)::int AS quarters, min(at) AS "firstAt", max(at) AS "lastAt", sum(handled)::float8 AS handled, max(at) FILTER (WHERE handled > 0) AS "lastRequestAt",
         (count(*) FILTER (WHERE handled = 0 AND before = 0))::float8 / count(*) AS "quietShare", array_agg(extract(hour FROM at AT TIME ZONE 'UTC')::int) AS hours, array_agg(handled = 0 AND coalesce(before, 1) = 0) AS quiet, max(cpu_seconds / 900 / ready) AS "peakCpuCores", max(rss_bytes / ready / 1048576)::float8 AS "peakMemoryMib", max(compute_sum / 900) AS "peakBusy"
       FROM l GROUP BY deployment_id`, values),
    pool().query<{ deploymentId: string; latency: number[] }>(
      `SELECT "deploymentId", array_to_json(array_agg(n ORDER BY i)) AS latency FROM (SELECT deployment_id AS "deploymentId", i, sum(v)::float8 AS n FROM (SELECT r.deployment_id, r.latency FROM ${mine}) h CROSS JOIN LATERAL unnest(latency) WITH ORDINALITY u(v, i) GROUP BY 1, 2) b GROUP BY 1`, values),
  ]);
  const p95 = new Map(latency.rows.map((r) => [r.deploymentId, quantile(0.95, r.latency)]));
  return new Map(use.rows.map(({ hours, quiet, ...r }) => [r.deploymentId, {
    ...r, quietByHour: byHour(hours, quiet), busyBy: r.peakBusy === null ? null : ("computing" as const), p95Seconds: p95.get(r.deploymentId) ?? null, gpu: null, lacks: r.peakCpuCores === null || r.peakMemoryMib === null ? ["processor and memory of its replicas"] : [],
  }]));
}
