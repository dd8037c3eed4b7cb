import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { type Bench, median, type Result } from "./context";
import { timedRequest } from "./model-server";

const DAYS = 90;
const DAY_MS = 86_400_000;

/** Deployments that ran for 90 days, replaced every day: a row of the ledger and a daily roll-up for each. */
export async function seedCosts(pool: Pool, projectId: string, deployments: number): Promise<void> {
  const today = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const ids = Array.from({ length: deployments }, () => randomUUID());
  for (let first = 0; first <= DAYS; first += 30) await pool.query("SELECT telemetry.ensure_partitions($1::date, 31)", [new Date(today.getTime() - (DAYS - first) * DAY_MS).toISOString().slice(0, 10)]);
  const all = `unnest($2::uuid[]) WITH ORDINALITY d(id, n) CROSS JOIN generate_series($3::timestamptz - interval '${DAYS} days', $3::timestamptz - interval '1 day', interval '1 day') day`;
  await pool.query(
    `INSERT INTO "ReplicaInterval" ("replicaId", "deploymentId", "projectId", "deploymentSlug", "modelSlug", "profileSlug", revision, "priceUsdPerHour", "priceNote", estimate, "startedAt", "endedAt")
     SELECT d.id || '-' || day::date, d.id, $1, 'd-' || n, 'm-' || n % 40, 'p-' || n % 12, 1, 0.1 + (n % 90) / 100.0, 'list price', false, day, day + interval '1 day' FROM ${all}`, [projectId, ids, today]);
  await pool.query(
    `INSERT INTO telemetry.rollup (step_seconds, at, deployment_id, project_id, revision, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, rss_bytes, queue_depth, in_flight, replicas_ready)
     SELECT 86400, day, d.id, $1, 1, jsonb_build_object('200', 900 + n), '{}', h.h, 50, h.h, 1, h.h, 40 + n, 100, 1000000, 0, 0, 1 FROM ${all} CROSS JOIN (SELECT array_agg(10::bigint) AS h FROM generate_series(1, ${DURATION_BUCKET_COUNT})) h`, [projectId, ids, today]);
  await pool.query(`INSERT INTO telemetry.rollup_progress VALUES (900, $1), (86400, $1) ON CONFLICT (step_seconds) DO UPDATE SET done_until = greatest(telemetry.rollup_progress.done_until, excluded.done_until)`, [today]);
  await pool.query(`ANALYZE "ReplicaInterval"`);
  await pool.query(`ANALYZE telemetry.rollup`);
}

/** The costs page over 1,000 deployments × 90 days against the statements it reads, and what ten times the data elsewhere costs a project's own page. */
export async function costsAtScale(bench: Bench): Promise<Result[]> {
  const { slipway, pool, cookie } = bench;
  const many = bench.quick ? 300 : 1000;
  const project = async (name: string) => {
    await slipway.must("POST", "/api/v1/projects", { name });
    return (await pool.query<{ id: string }>(`SELECT id FROM "Project" WHERE slug = $1`, [name])).rows[0]!.id;
  };
  const page = (name: string) => timedRequest(`${slipway.base}/app/${name}/costs?period=90d`, { headers: { cookie } });
  const empty = () => timedRequest(`${slipway.base}/healthz`);
  const times = async (ask: () => Promise<number>) => {
    for (let i = 0; i < 5; i++) await ask();
    const took: number[] = [];
    for (let i = 0; i < (bench.quick ? 15 : 30); i++) took.push(await ask());
    return median(took);
  };
  await seedCosts(pool, await project("costs-few"), many / 10);
  const alone = await times(() => page("costs-few"));
  const manyId = await project("costs-many");
  await seedCosts(pool, manyId, many);
  const beside = await times(() => page("costs-few"));
  const whole = await times(() => page("costs-many"));
  const { ledgerStatement } = await import("@/lib/costs/replica-time-source");
  const { rolledUp, useStatement } = await import("@/lib/costs/summary/read-use");
  const { monthStart, periodWindows } = await import("@/lib/costs/summary/period");
  const now = new Date();
  const { window, previous } = periodWindows("90d", now);
  const from = new Date(Math.min(previous.from.getTime(), monthStart(now, -1).getTime()));
  const done = await rolledUp(window.from);
  const sql = await times(async () => {
    const began = performance.now();
    await Promise.all([pool.query(ledgerStatement({ window: { from, to: now }, projectIds: [manyId] })), pool.query(useStatement({ from: window.from, to: now, projectIds: [manyId] }, done))]);
    return performance.now() - began;
  });
  const idle = await times(empty);
  const [ratio, growth] = [whole / (sql + idle), beside / alone];
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    { name: `costs page p50, ${many} deployments × ${DAYS} days / empty Next route + the same SQL`, value: ratio, unit: "×", goal: "≤ 4", met: ratio <= 4, values: { page: ms(whole), "SQL through our pool": ms(sql), "/healthz": ms(idle) } },
    { name: `costs page p50 of a project of ${many / 10}, with ten times the data beside it / without`, value: growth, unit: "×", goal: "≤ 1.5", met: growth <= 1.5, values: { beside: ms(beside), alone: ms(alone), [`a project of ${many}`]: ms(whole) } },
  ];
}
