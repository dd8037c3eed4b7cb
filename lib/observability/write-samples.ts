import type { Pool } from "pg";
import type { SampleBatch } from "@/lib/observability/sample";

/**
 * Stores a batch of scrapes, one row each, in one statement. A deployment that was deleted in the meantime is left out; a row
 * that is there already (the batch was posted twice) stays.
 */
export async function writeSamples(pool: Pool, batch: SampleBatch): Promise<void> {
  if (batch.samples.length === 0) return;
  const rows = batch.samples.map((s) => ({
    at: s.at, deployment_id: s.deploymentId, revision: s.revision, replica: s.replica, state: s.state, requests: s.requestsByCode, errors: s.errorsByCause,
    latency: s.latency.buckets, latency_sum: s.latency.sum, queue: s.queue.buckets, queue_sum: s.queue.sum, compute: s.compute.buckets, compute_sum: s.compute.sum,
    cpu_seconds: s.revision > 0 ? s.cpuSeconds : null, rss_bytes: s.revision > 0 ? s.rssBytes : null, queue_depth: s.queueDepth, in_flight: s.inFlight,
  }));
  await pool.query(
    `INSERT INTO telemetry.replica_sample (at, deployment_id, project_id, revision, replica, state, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, rss_bytes, queue_depth, in_flight)
     SELECT r.at, r.deployment_id, d."projectId", r.revision, r.replica, r.state, r.requests, r.errors, r.latency, r.latency_sum, r.queue, r.queue_sum, r.compute, r.compute_sum, r.cpu_seconds, r.rss_bytes, r.queue_depth, r.in_flight
     FROM jsonb_to_recordset($1::jsonb) AS r(at timestamptz, deployment_id uuid, revision integer, replica text, state text, requests jsonb, errors jsonb, latency bigint[], latency_sum float8,
       queue bigint[], queue_sum float8, compute bigint[], compute_sum float8, cpu_seconds float8, rss_bytes bigint, queue_depth integer, in_flight integer)
     JOIN "Deployment" d ON d.id = r.deployment_id
     ON CONFLICT DO NOTHING`, [JSON.stringify(rows)]);
}
