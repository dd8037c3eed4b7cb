import { readClusterUse } from "@/lib/costs/cluster-use/read-cluster-use";
import { pool } from "@/lib/db/pool";
import { FAILURE_CAUSES } from "@/lib/observability/series";

export type UseRow = { deploymentId: string; revision: number; /** Days since the epoch. */ day: number; handled: number; /** null: not told. */ failed: number | null; computeSeconds: number | null; /** Of a cluster: a day without a row is then one of which nothing is known, not one without requests. */ cluster?: true };

/** Of the coarsest roll-up that is there: whole days, then quarters of an hour, then minutes. */
const TIERS = (columns: string) => `
  SELECT ${columns} FROM telemetry.rollup WHERE step_seconds = 86400 AND at >= $1::timestamptz AND at < least($3::timestamptz, $2::timestamptz) AND project_id = ANY($5::uuid[])
  UNION ALL SELECT ${columns} FROM telemetry.rollup WHERE step_seconds = 900 AND at >= greatest($1::timestamptz, $3::timestamptz) AND at < least($4::timestamptz, $2::timestamptz) AND project_id = ANY($5::uuid[])
  UNION ALL SELECT ${columns} FROM telemetry.rollup WHERE step_seconds = 60 AND at >= greatest($1::timestamptz, $4::timestamptz) AND at < $2::timestamptz AND project_id = ANY($5::uuid[])`;
const DAY = "floor(extract(epoch FROM at) / 86400)::int AS day";
const FAILED = FAILURE_CAUSES.map((cause) => `coalesce((errors->>'${cause}')::float8, 0)`).join(" + ");

type Query = { from: Date; to: Date; projectIds: readonly string[] };

/** The statement that use is read with; also what the benchmark times the page against. */
export const useStatement = ({ from, to, projectIds }: Query, done: { days: Date; quarters: Date }) => ({
  name: "cost-use",
  text: `SELECT deployment_id AS "deploymentId", revision, day, sum(handled)::float8 AS handled, sum(failed)::float8 AS failed, sum(compute_sum)::float8 AS "computeSeconds" FROM (
    ${TIERS(`deployment_id, revision, ${DAY}, compute_sum, (SELECT coalesce(sum(v::float8), 0) FROM jsonb_each_text(requests) r(k, v)) AS handled, ${FAILED} AS failed`)}) steps GROUP BY deployment_id, revision, day`,
  values: [from, to, done.days, done.quarters, projectIds],
});

/** What was handled, failed and computed, by deployment, revision and UTC day: of this machine by roll-ups, of clusters by what their metrics sources said. */
export async function readUse(query: Query): Promise<UseRow[]> {
  const [own, clusters] = await Promise.all([rolledUp(query.from).then((done) => pool().query<UseRow>(useStatement(query, done))), readClusterUse(query)]);
  return [...own.rows, ...clusters.map((u): UseRow => ({ ...u, computeSeconds: u.busySeconds, cluster: true }))];
}

/** Latency histograms of these deployments together, by UTC day. */
export async function readLatencies({ from, to, projectIds }: Query, deploymentIds: readonly string[]): Promise<Map<number, number[]>> {
  const done = await rolledUp(from);
  const { rows } = await pool().query<{ day: number; latency: number[] }>(
    `SELECT day, array_to_json(array_agg(n ORDER BY i)) AS latency FROM (
       SELECT day, i, sum(v)::float8 AS n FROM (${TIERS(`deployment_id, ${DAY}, latency`)}) steps CROSS JOIN LATERAL unnest(latency) WITH ORDINALITY u(v, i) WHERE deployment_id = ANY($6::uuid[]) GROUP BY day, i) buckets GROUP BY day`,
    [from, to, done.days, done.quarters, projectIds, deploymentIds]);
  return new Map(rows.map((r) => [r.day, r.latency]));
}

/** How far whole days and quarters are rolled up; where nothing is, the window's start, so that the next finer step is read. */
export async function rolledUp(from: Date): Promise<{ days: Date; quarters: Date }> {
  const { rows } = await pool().query<{ step: number; until: Date }>(`SELECT step_seconds AS step, done_until AS until FROM telemetry.rollup_progress WHERE step_seconds IN (900, 86400)`);
  const of = (step: number) => rows.find((r) => r.step === step)?.until ?? from;
  return { days: of(86_400), quarters: of(900) };
}
