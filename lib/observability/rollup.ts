import type { Pool } from "pg";
import { readRollups, readSamples } from "@/lib/observability/read-samples";
import { ALL_REVISIONS, MAX_INTERVAL_MS, mergeSteps, stepsOf, type Step } from "@/lib/observability/steps";

const MINUTE_MS = 60_000;
/** A scrape may arrive this late and still be counted: a step is rolled up only afterwards. */
const LATE_MS = 20_000;
/** Most that one pass takes on, so that a long pause is caught up in bites. */
const MAX_PASS_MS = 60 * MINUTE_MS;

/**
 * Rolls samples up to one minute, those to fifteen, and those to a UTC day; and minutes to five, of all revisions together. Level-triggered: it goes on from where it came to, and doing a step
 * again gives the same row. Returns the number of rows written.
 */
export async function rollUp(pool: Pool, now: Date): Promise<number> {
  return (await rollMinutes(pool, now)) + (await rollFives(pool, now)) + (await rollQuarters(pool, now)) + (await rollDays(pool));
}

async function rollMinutes(pool: Pool, now: Date): Promise<number> {
  const end = Math.floor((now.getTime() - LATE_MS) / MINUTE_MS) * MINUTE_MS;
  // A first sample tells of the time before it: on the very edge of a minute, of the minute before.
  const from = await progress(pool, 60, end, `SELECT min(at) - interval '1 ms' AS min FROM telemetry.replica_sample`, MINUTE_MS);
  if (from === null || from >= end) return 0;
  const to = Math.min(end, from + MAX_PASS_MS);
  const samples = await readSamples(pool, new Date(from - MAX_INTERVAL_MS), new Date(to + MAX_INTERVAL_MS), null);
  // Baselines before `from` only give the first interval its start: their own steps were rolled up in an earlier pass.
  const steps = stepsOf(samples, MINUTE_MS).filter((s) => s.at >= from && s.at < to);
  await write(pool, 60, steps, new Date(to));
  return steps.length;
}

/** What a page of a day draws: a fifth of the rows, and of one kind, so that a gauge is the mean of what all revisions had at a time. Begun with the last two days: those before are read in minutes. */
async function rollFives(pool: Pool, now: Date): Promise<number> {
  const stepMs = 5 * MINUTE_MS;
  const minutesDone = (await pool.query<{ t: Date }>(`SELECT done_until AS t FROM telemetry.rollup_progress WHERE step_seconds = 60`)).rows[0]?.t.getTime();
  if (minutesDone === undefined) return 0;
  const end = Math.floor(Math.min(now.getTime(), minutesDone) / stepMs) * stepMs;
  const from = await progress(pool, 300, end, `SELECT min(at) FROM telemetry.rollup WHERE step_seconds = 60 AND at >= now() - interval '2 days'`, stepMs);
  if (from === null || from >= end) return 0;
  const to = Math.min(end, from + MAX_PASS_MS);
  // In one order, so that a step that is done again gives the same sums to the last digit.
  const minutes = (await readRollups(pool, 60, new Date(from), new Date(to), {})).sort((a, b) => a.at - b.at || a.revision - b.revision);
  const steps = mergeSteps(minutes, stepMs, (s) => s.deploymentId).map((s) => ({ ...s, revision: ALL_REVISIONS }));
  await write(pool, 300, steps, new Date(to));
  return steps.length;
}

async function rollQuarters(pool: Pool, now: Date): Promise<number> {
  const stepMs = 15 * MINUTE_MS;
  const minutesDone = (await pool.query<{ t: Date }>(`SELECT done_until AS t FROM telemetry.rollup_progress WHERE step_seconds = 60`)).rows[0]?.t.getTime();
  if (minutesDone === undefined) return 0;
  const end = Math.floor(Math.min(now.getTime(), minutesDone) / stepMs) * stepMs;
  const from = await progress(pool, 900, end, `SELECT min(at) FROM telemetry.rollup WHERE step_seconds = 60`, stepMs);
  if (from === null || from >= end) return 0;
  const minutes = await readRollups(pool, 60, new Date(from), new Date(end), {});
  const steps = mergeSteps(minutes, stepMs, (s) => `${s.deploymentId} ${s.revision}`);
  await write(pool, 900, steps, new Date(end));
  return steps.length;
}

/** One day a pass: what a page of months reads is then a row a day. */
async function rollDays(pool: Pool): Promise<number> {
  const stepMs = 1440 * MINUTE_MS;
  const quartersDone = (await pool.query<{ t: Date }>(`SELECT done_until AS t FROM telemetry.rollup_progress WHERE step_seconds = 900`)).rows[0]?.t.getTime();
  if (quartersDone === undefined) return 0;
  const from = await progress(pool, 86_400, quartersDone, `SELECT min(at) FROM telemetry.rollup WHERE step_seconds = 900`, stepMs);
  if (from === null || from + stepMs > quartersDone) return 0;
  const quarters = await readRollups(pool, 900, new Date(from), new Date(from + stepMs), {});
  const steps = mergeSteps(quarters, stepMs, (s) => `${s.deploymentId} ${s.revision}`);
  await write(pool, 86_400, steps, new Date(from + stepMs));
  return steps.length;
}

async function progress(pool: Pool, stepSeconds: number, end: number, firstQuery: string, stepMs: number): Promise<number | null> {
  const known = (await pool.query<{ t: Date }>(`SELECT done_until AS t FROM telemetry.rollup_progress WHERE step_seconds = $1`, [stepSeconds])).rows[0]?.t;
  if (known) return known.getTime();
  const first = (await pool.query<{ min: Date | null }>(firstQuery)).rows[0]?.min;
  return first ? Math.min(end, Math.floor(first.getTime() / stepMs) * stepMs) : null;
}

async function write(pool: Pool, stepSeconds: number, steps: Step[], doneUntil: Date): Promise<void> {
  const rows = steps.map((s) => ({
    at: new Date(s.at).toISOString(), deployment_id: s.deploymentId, project_id: s.projectId, revision: s.revision, requests: s.requests, errors: s.errors,
    latency: s.latency, latency_sum: s.latencySum, queue: s.queue, queue_sum: s.queueSum, compute: s.compute, compute_sum: s.computeSum,
    cpu_seconds: s.cpuSeconds, rss_bytes: s.rssBytes === null ? null : Math.round(s.rssBytes), queue_depth: s.queueDepth, in_flight: s.inFlight, replicas_ready: s.replicasReady,
  }));
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO telemetry.rollup (step_seconds, at, deployment_id, project_id, revision, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, rss_bytes, queue_depth, in_flight, replicas_ready)
       SELECT $2, r.* FROM jsonb_to_recordset($1::jsonb) AS r(at timestamptz, deployment_id uuid, project_id uuid, revision integer, requests jsonb, errors jsonb, latency bigint[], latency_sum float8,
         queue bigint[], queue_sum float8, compute bigint[], compute_sum float8, cpu_seconds float8, rss_bytes bigint, queue_depth float8, in_flight float8, replicas_ready float8)
       ON CONFLICT (step_seconds, deployment_id, at, revision) DO UPDATE SET requests = excluded.requests, errors = excluded.errors, latency = excluded.latency, latency_sum = excluded.latency_sum,
         queue = excluded.queue, queue_sum = excluded.queue_sum, compute = excluded.compute, compute_sum = excluded.compute_sum, cpu_seconds = excluded.cpu_seconds, rss_bytes = excluded.rss_bytes,
         queue_depth = excluded.queue_depth, in_flight = excluded.in_flight, replicas_ready = excluded.replicas_ready`, [JSON.stringify(rows), stepSeconds]);
    await client.query(
      `INSERT INTO telemetry.rollup_progress VALUES ($1, $2) ON CONFLICT (step_seconds) DO UPDATE SET done_until = greatest(telemetry.rollup_progress.done_until, excluded.done_until)`, [stepSeconds, doneUntil]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
