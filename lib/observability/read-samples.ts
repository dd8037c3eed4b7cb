import type { Pool } from "pg";
import { MAX_INTERVAL_MS, type SampleRow, type Step } from "@/lib/observability/steps";

// Arrays travel as JSON: parsing it is several times faster than PostgreSQL's array text.
const SAMPLE_COLUMNS = `extract(epoch from at) * 1000 AS at, deployment_id AS "deploymentId", project_id AS "projectId", revision, replica, state, requests, errors,
  array_to_json(latency) AS latency, latency_sum AS "latencySum", array_to_json(queue) AS queue, queue_sum AS "queueSum",
  array_to_json(compute) AS compute, compute_sum AS "computeSum", cpu_seconds AS "cpuSeconds", rss_bytes::float8 AS "rssBytes", queue_depth AS "queueDepth", in_flight AS "inFlight"`;

/**
 * Samples of a time range, of one deployment or (null) of all. A replica that is first heard more than one interval into the
 * range is new or was silent (the machine slept): its last sample before the range comes along, or all it ever counted would
 * be taken for an increase.
 */
export async function readSamples(pool: Pool, from: Date, to: Date, deploymentId: string | null): Promise<SampleRow[]> {
  const inRange = toRows((await pool.query(
    `SELECT ${SAMPLE_COLUMNS} FROM telemetry.replica_sample WHERE at >= $1 AND at < $2 AND ($3::uuid IS NULL OR deployment_id = $3)`, [from, to, deploymentId])).rows);
  const first = new Map<string, SampleRow>();
  for (const s of inRange) if (s.at < (first.get(s.replica)?.at ?? Infinity)) first.set(s.replica, s);
  const late = [...first.values()].filter((s) => s.at > from.getTime() + MAX_INTERVAL_MS);
  if (late.length === 0) return inRange;
  const before = await pool.query(
    `SELECT DISTINCT ON (deployment_id, replica) ${SAMPLE_COLUMNS} FROM telemetry.replica_sample s
     WHERE s.at < $1 AND s.deployment_id = ANY($2::uuid[]) AND s.replica = ANY($3::text[]) ORDER BY deployment_id, replica, s.at DESC`,
    [from, [...new Set(late.map((s) => s.deploymentId))], late.map((s) => s.replica)]);
  return [...toRows(before.rows), ...inRange];
}

const toRows = (rows: { at: unknown }[]) => rows.map((r) => ({ ...r, at: Number(r.at) })) as SampleRow[];

export type RollupFilter = { deploymentId?: string; /** Of these projects; left out: of all. */ projectIds?: string[] };

/** Roll-ups of a time range. */
export async function readRollups(pool: Pool, stepSeconds: 60 | 300 | 900 | 86_400, from: Date, to: Date, filter: RollupFilter): Promise<Step[]> {
  const { rows } = await pool.query(
    `SELECT extract(epoch from at) * 1000 AS at, deployment_id AS "deploymentId", project_id AS "projectId", revision, requests, errors,
       array_to_json(latency) AS latency, latency_sum AS "latencySum", array_to_json(queue) AS queue, queue_sum AS "queueSum",
       array_to_json(compute) AS compute, compute_sum AS "computeSum", cpu_seconds AS "cpuSeconds", rss_bytes::float8 AS "rssBytes",
       queue_depth AS "queueDepth", in_flight AS "inFlight", replicas_ready AS "replicasReady"
     FROM telemetry.rollup WHERE step_seconds = $1 AND at >= $2 AND at < $3 AND ($4::uuid IS NULL OR deployment_id = $4) AND ($5::uuid[] IS NULL OR project_id = ANY($5))`,
    [stepSeconds, from, to, filter.deploymentId ?? null, filter.projectIds ?? null]);
  return rows.map((r) => ({ ...r, at: Number(r.at) })) as Step[];
}

/** Revisions that have minutes in a time range. */
export async function readRevisions(pool: Pool, from: Date, to: Date, deploymentId: string): Promise<number[]> {
  const { rows } = await pool.query<{ revision: number }>(`SELECT DISTINCT revision FROM telemetry.rollup WHERE step_seconds = 60 AND at >= $1 AND at < $2 AND deployment_id = $3`, [from, to, deploymentId]);
  return rows.map((r) => r.revision);
}
