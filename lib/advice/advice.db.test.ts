import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { adviceOf, applyAdvice } from "@/lib/advice/apply-advice";
import { deploymentAdvice, listAdvice } from "@/lib/advice/deployment-advice";
import { costSummary } from "@/lib/costs/summary/cost-summary";
import { exportCosts } from "@/lib/costs/summary/export-costs";
import { costSummaryQuerySchema, costSummarySchema } from "@/lib/costs/summary/schema";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { applyEnvironmentRules } from "@/lib/environments/rules/apply-rules";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { rollUp } from "@/lib/observability/rollup";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// Whole days from the start of one, and an hour into the last: as the clock of a page would have it.
const today = Math.floor(Date.now() / DAY) * DAY;
const now = new Date(today + HOUR);
useTestDatabase();
beforeAll(async () => {
  await pool().query("SELECT telemetry.ensure_partitions($1::date, 12)", [new Date(today - 10 * DAY).toISOString().slice(0, 10)]);
});

/** Nine days of quarters of an hour: 40 requests in each of the day's first twelve hours, a tenth of a second each, half a core at most. */
async function seed(id: string, projectId: string, cores: number): Promise<void> {
  await pool().query(
    `INSERT INTO telemetry.rollup (step_seconds, at, deployment_id, project_id, revision, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, rss_bytes, queue_depth, in_flight, replicas_ready)
     SELECT 900, at, $1, $2, 1, CASE WHEN busy THEN '{"200": 40}'::jsonb ELSE '{}' END, '{}', h, CASE WHEN busy THEN 4 ELSE 0 END, h, 0, h, CASE WHEN busy THEN 4 ELSE 0 END, CASE WHEN busy THEN 900 * $3::float8 ELSE 0 END, 300 * 1048576, 0, 0, 1
     FROM (SELECT at, extract(hour FROM at AT TIME ZONE 'UTC') < 12 AS busy, CASE WHEN extract(hour FROM at AT TIME ZONE 'UTC') < 12 THEN $4::bigint[] ELSE $5::bigint[] END AS h FROM generate_series($6::timestamptz, $7::timestamptz, interval '15 minutes') at) s`,
    [id, projectId, cores, histogram(40), histogram(0), new Date(today - 9 * DAY), new Date(now.getTime() - 900_000)]);
  await pool().query(`INSERT INTO telemetry.rollup_progress VALUES (60, $1), (900, $1) ON CONFLICT (step_seconds) DO UPDATE SET done_until = excluded.done_until`, [now]);
}
const histogram = (n: number) => Array.from({ length: DURATION_BUCKET_COUNT }, (_, i) => (i === 5 ? n : 0));
const ledger = (id: string, projectId: string, price: number, profileSlug: string, startedAt: Date, endedAt: Date | null) => db().replicaInterval.create({ data: { replicaId: `${id}-${startedAt.getTime()}`, deploymentId: id, projectId, deploymentSlug: "iris", modelSlug: "iris", profileSlug, revision: 1, priceUsdPerHour: price, priceNote: "list", estimate: false, startedAt, endedAt } });

it("advises on what was measured, takes it as a normal change with an audit row, and follows what it saves", async () => {
  const { projectId, slug } = await makeWorld();
  const id = await deploy(projectId);
  await db().deployment.update({ where: { id }, data: { stableRevision: 1 } });
  expect(await deploymentAdvice(id, now)).toMatchObject({ observed: null, items: [], withheld: [expect.stringContaining("No quarter of an hour")] });
  await seed(id, projectId, 0.1);
  await ledger(id, projectId, 0.05, "local-small", new Date(today - 9 * DAY), null);
  const advice = await deploymentAdvice(id, now);
  expect(advice.observed).toMatchObject({ profile: "local-small", predictions: 9 * 48 * 40 + 4 * 40, peakCpuCores: 0.1, peakMemoryMib: 300, peakBusy: 4 / 900, usdPerHour: 0.05, replicas: 1 });
  expect(advice.observed!.quietShare).toBeGreaterThan(0.45);
  expect(advice.items.map((i) => i.kind)).toEqual(["sleep"]);
  expect((await listAdvice([{ id: projectId }], now)).items).toMatchObject([{ project: slug, deployment: "iris", advice: { kind: "sleep" } }]);

  const held = await adviceOf(id, "sleep", now);
  await expect(applyAdvice(tester, { id: projectId }, { id, slug: "iris" }, "g99", held)).rejects.toMatchObject({ code: "precondition_failed" });
  const { deployment } = await applyAdvice(tester, { id: projectId }, { id, slug: "iris" }, advice.etag, held);
  expect(deployment.scaling).toMatchObject({ min: 0, max: 1 });
  expect(await db().auditEntry.count({ where: { action: "deployment.update", projectId } })).toBe(1);
  await expect(adviceOf(id, "sleep", now)).rejects.toMatchObject({ code: "conflict" });
  const taken = await db().appliedAdvice.findFirstOrThrow({ where: { deploymentId: id } });
  // Two days later it has slept since: all of the rate before is saved.
  await db().replicaInterval.updateMany({ where: { deploymentId: id }, data: { endedAt: taken.appliedAt } });
  const later = new Date(taken.appliedAt.getTime() + 2 * DAY);
  expect((await deploymentAdvice(id, later)).applied).toMatchObject([{ kind: "sleep", hours: 48, realisedUsd: 2.4, onTrack: true }]);
});

it("sums up whole days from daily roll-ups as it would from quarters, and exports every line", async () => {
  const { projectId, slug } = await makeWorld();
  const id = await deploy(projectId);
  await seed(id, projectId, 0.1);
  await ledger(id, projectId, 0.05, "local-small", new Date(today - 9 * DAY), null);
  const ask = () => costSummary([{ id: projectId, slug }], costSummaryQuerySchema.parse({ period: "7d" }), now);
  const before = await ask();
  expect(costSummarySchema.parse(before)).toEqual(before);
  // Six whole days and an hour: 145 h at 0.05.
  expect(before.total).toMatchObject({ total: 7.25, predictions: 6 * 48 * 40 + 4 * 40, previousTotal: expect.any(Number) });
  expect(before.days).toHaveLength(7);
  expect(before.days[0]!.p95Seconds).toBeGreaterThan(0);
  for (let i = 0; i < 12; i++) await rollUp(pool(), now);
  const { rows } = await pool().query<{ n: number }>("SELECT count(*)::int AS n FROM telemetry.rollup WHERE step_seconds = 86400 AND deployment_id = $1", [id]);
  expect(rows[0]!.n).toBe(9);
  expect(await ask()).toEqual(before);
  const csv = (await exportCosts([{ id: projectId, slug }], { period: "7d" }, now)).trim().split("\n");
  expect(csv).toHaveLength(8);
  expect(csv[1]).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d,${slug},iris,iris,local-small,running,86400,1.2,`));
  expect((await costSummary([{ id: projectId, slug }], costSummaryQuerySchema.parse({ period: "7d", model: "other" }), now)).groups).toEqual([]);
});

it("an environment's rules let deployments sleep once, warn once, and delete what is over", async () => {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  await db().environment.updateMany({ where: { projectId }, data: { sleepAfterMinutes: 10, expireAfterDays: 7 } });
  const log = { warn: () => undefined };
  expect(await applyEnvironmentRules(new Date(), log)).toEqual({ slept: 1, warned: 0, deleted: 0 });
  expect(await db().deployment.findUniqueOrThrow({ where: { id } })).toMatchObject({ minReplicas: 0, idleSecondsBeforeZero: 600 });
  // On a cluster only where it can be woken again.
  const target = await db().target.create({ data: { slug: "rules", name: "rules", kind: "eks", config: { auth: "eks", instance: "testtest", region: "us-east-1", clusterName: "c", clusterArn: "arn:aws:eks:us-east-1:111122223333:cluster/c", accountId: "111122223333", endpoint: "https://c.invalid", caData: "", autoMode: false, roleArn: null } } });
  const onCluster = await deploy(projectId, "elsewhere");
  await db().deployment.update({ where: { id: onCluster }, data: { targetId: target.id } });
  expect(await applyEnvironmentRules(new Date(), log)).toEqual({ slept: 0, warned: 0, deleted: 0 });
  await db().target.update({ where: { id: target.id }, data: { settings: { keda: true, prometheusUrl: "http://p:9090", ingress: { kind: "gateway", gatewayName: "g", gatewayNamespace: "edge", hostname: "models.example.com" } } } });
  expect(await applyEnvironmentRules(new Date(), log)).toEqual({ slept: 1, warned: 0, deleted: 0 });
  await db().deployment.delete({ where: { id: onCluster } });
  const almost = new Date(Date.now() + 6.5 * DAY);
  expect(await applyEnvironmentRules(almost, log)).toEqual({ slept: 0, warned: 1, deleted: 0 });
  expect(await applyEnvironmentRules(almost, log)).toEqual({ slept: 0, warned: 0, deleted: 0 });
  expect(await applyEnvironmentRules(new Date(Date.now() + 7.5 * DAY), log)).toEqual({ slept: 0, warned: 0, deleted: 1 });
  expect((await db().deployment.findUniqueOrThrow({ where: { id } })).desiredState).toBe("deleted");
  expect(await applyEnvironmentRules(new Date(Date.now() + 8 * DAY), log)).toEqual({ slept: 0, warned: 0, deleted: 0 });
});
