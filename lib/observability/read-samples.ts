import type { Pool } from "pg";
import type { SampleRow, Step } from "@/lib/observability/steps";

// Arrays travel as JSON: parsing it is several times faster than PostgreSQL's array text.
const SAMPLE_COLUMNS = `extract(epoch from at) * 1000 AS at, deployment_id AS "deploymentId", project_id AS "projectId", revision, replica, state, requests, errors,
  array_to_json(latency) AS latency, latency_sum AS "latencySum", array_to_json(queue) AS queue, queue_sum AS "queueSum",
  array_to_json(compute) AS compute, compute_sum AS "computeSum", cpu_seconds AS "cpuSeconds", rss_bytes::float8 AS "rssBytes", queue_depth AS "queueDepth", in_flight AS "inFlight"`;

/** Samples of a time range, of one deployment or (null) of all. */
export async function readSamples(pool: Pool, from: Date, to: Date, deploymentId: string | null): Promise<SampleRow[]> {
  const { rows } = await pool.query(
    `SELECT ${SAMPLE_COLUMNS} FROM telemetry.replica_sample WHERE at >= $1 AND at < $2 AND ($3::uuid IS NULL OR deployment_id = $3)`, [from, to, deploymentId]);
  return rows.map((r) => ({ ...r, at: Number(r.at) })) as SampleRow[];
}

export type RollupFilter = { deploymentId?: string; /** Of these projects; left out: of all. */ projectIds?: string[] };

/** Roll-ups of a time range. */
export async function readRollups(pool: Pool, stepSeconds: 60 | 900, from: Date, to: Date, filter: RollupFilter): Promise<Step[]> {
  const { rows } = await pool.query(
    `SELECT extract(epoch from at) * 1000 AS at, deployment_id AS "deploymentId", project_id AS "projectId", revision, requests, errors,
       array_to_json(latency) AS latency, latency_sum AS "latencySum", array_to_json(queue) AS queue, queue_sum AS "queueSum",
       array_to_json(compute) AS compute, compute_sum AS "computeSum", cpu_seconds AS "cpuSeconds", rss_bytes::float8 AS "rssBytes",
       queue_depth AS "queueDepth", in_flight AS "inFlight", replicas_ready AS "replicasReady"
     FROM telemetry.rollup WHERE step_seconds = $1 AND at >= $2 AND at < $3 AND ($4::uuid IS NULL OR deployment_id = $4) AND ($5::uuid[] IS NULL OR project_id = ANY($5))`,
    [stepSeconds, from, to, filter.deploymentId ?? null, filter.projectIds ?? null]);
  return rows.map((r) => ({ ...r, at: Number(r.at) })) as Step[];
}
