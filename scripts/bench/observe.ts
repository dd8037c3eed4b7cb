import { spawn } from "node:child_process";
import fs from "node:fs";
import readline from "node:readline";
import pg from "pg";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { type Bench, median, quantile, type Result } from "./context";
import { ReplicaConnections } from "@/services/gateway/replica-connections";
import { timedRequest } from "./model-server";
import { seed } from "./seed";

const PROJECT = "observed";
const SAMPLE_SECONDS = 15;
const DAY_SECONDS = 86_400;
const REPLICAS = 100;
/** services/gateway/sampler.ts */
const SCRAPE_SECONDS = 5;
const MOST_OF_A_CORE = 0.03;

/** A deployment's page over 24 h of samples every 15 s against the page of one that was never measured, and what the samples of 100 replicas cost. */
export async function observe(bench: Bench): Promise<Result[]> {
  await seed(bench, PROJECT, 2);
  const { rows } = await bench.pool.query<{ id: string; projectId: string; slug: string }>(`SELECT d.id, d."projectId", d.slug FROM "Deployment" d JOIN "Project" p ON p.id = d."projectId" WHERE p.slug = $1 ORDER BY d.slug`, [PROJECT]);
  const [measured, bare] = rows as [(typeof rows)[0], (typeof rows)[0]];
  await seedDay(bench, measured);
  return [...(await pages(bench, measured.slug, bare.slug)), await sampling(bench, bare.id)];
}

/** What two replicas counted, every 15 s for a day, rolled up by the product's own code. */
async function seedDay({ pool }: Bench, d: { id: string; projectId: string }): Promise<void> {
  const end = Math.floor(Date.now() / 60_000) * 60_000;
  await pool.query("SELECT telemetry.ensure_partitions($1::date, 4)", [new Date(end - 2 * DAY_SECONDS * 1000).toISOString().slice(0, 10)]);
  // Four requests a second, spread over the buckets; counters only grow.
  await pool.query(
    `INSERT INTO telemetry.replica_sample (at, deployment_id, project_id, revision, replica, state, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, rss_bytes, queue_depth, in_flight)
     SELECT $3::timestamptz - interval '1 day' + n * interval '${SAMPLE_SECONDS} s', $1, $2, 1, 'r-' || r, 'ready', jsonb_build_object('200', n * 60, '500', n / 20), jsonb_build_object('runtime', n / 20), h.a, n * 0.6, h.a, n * 0.1, h.a, n * 0.4, n * 3.0, 200000000, 0, 1
     FROM generate_series(0, ${DAY_SECONDS / SAMPLE_SECONDS - 1}) n CROSS JOIN generate_series(1, 2) r CROSS JOIN LATERAL (SELECT array_agg((n * (CASE WHEN b BETWEEN 6 AND 11 THEN 10 ELSE 0 END))::bigint ORDER BY b) AS a FROM generate_series(1, ${DURATION_BUCKET_COUNT}) b) h`, [d.id, d.projectId, new Date(end)]);
  const { rollUp } = await import("@/lib/observability/rollup");
  await pool.query("DELETE FROM telemetry.rollup_progress");
  // An hour a pass.
  for (let pass = 0; pass < 30; pass++) await rollUp(pool, new Date());
  await pool.query("ANALYZE telemetry.replica_sample");
  await pool.query("ANALYZE telemetry.rollup");
  const { rows } = await pool.query<{ minutes: number }>(`SELECT count(*)::int AS minutes FROM telemetry.rollup WHERE step_seconds = 60 AND deployment_id = $1`, [d.id]);
  if (rows[0]!.minutes < 1430) throw new Error(`only ${rows[0]!.minutes} minutes of the day were rolled up`);
}

async function pages(bench: Bench, measured: string, bare: string): Promise<Result[]> {
  const { slipway, cookie } = bench;
  const page = (slug: string) => () => timedRequest(`${slipway.base}/app/${PROJECT}/deployments/${slug}?window=24h`, { headers: { cookie } });
  const api = () => timedRequest(`${slipway.base}/api/v1/projects/${PROJECT}/deployments/${measured}/metrics?window=24h`, { headers: { cookie } });
  const empty = () => timedRequest(`${slipway.base}/healthz`);
  const answer = (await (await fetch(`${slipway.base}/api/v1/projects/${PROJECT}/deployments/${measured}/metrics?window=24h`, { headers: { cookie } })).json()) as { series: { p99: [number, number | null][] } };
  const filled = answer.series.p99.filter(([, v]) => v !== null).length;
  if (filled < 280) throw new Error(`the day came with ${filled} of 288 steps`);
  const turns = { measured: page(measured), bare: page(bare), api, empty };
  for (let i = 0; i < 10; i++) for (const ask of Object.values(turns)) await ask();
  const p95: Record<string, number[]> = {};
  for (let round = 0; round < bench.rounds; round++) {
    const took: Record<string, number[]> = {};
    for (let i = 0; i < (bench.quick ? 20 : 60); i++) {
      const order = Object.entries(turns);
      for (const [name, ask] of i % 2 === 0 ? order : order.toReversed()) (took[name] ??= []).push(await ask());
    }
    for (const [name, list] of Object.entries(took)) (p95[name] ??= []).push(quantile(list, 0.95));
  }
  const of = (name: string) => median(p95[name]!);
  const ratio = of("measured") / of("bare");
  const ms = (name: string) => `${of(name).toFixed(1)} ms`;
  return [
    { name: "deployment's page p95, 24 h of samples every 15 s / the page of one that was never measured", value: ratio, unit: "×", goal: "≤ 1.5", met: ratio <= 1.5, values: { measured: ms("measured"), "never measured": ms("bare"), "its measures by API": ms("api"), "/healthz": ms("empty") }, note: "two replicas, 11,520 samples; the page draws them in steps of five minutes" },
  ];
}

/** The product's own sampler over 100 replicas that answer from another process, as fast as it goes: what a pass takes of the gateway's and PostgreSQL's processor. */
async function sampling({ pool, rounds, quick }: Bench, deploymentId: string): Promise<Result> {
  const { Sampler } = await import("@/services/gateway/sampler");
  const { writeSamples } = await import("@/lib/observability/write-samples");
  const servers = spawn(process.execPath, ["-e", REPLICA_SERVERS], { stdio: ["ignore", "pipe", "inherit"] });
  // One connection, so that its backend is the one that does the writing.
  const writer = new pg.Pool({ ...pool.options, max: 1 });
  try {
    const ports = JSON.parse((await readline.createInterface({ input: servers.stdout })[Symbol.asyncIterator]().next()).value as string) as number[];
    const replicas = ports.map((port, i) => ({ ended: false, port, pid: servers.pid, id: `bench-${i}`, revision: 1, state: "ready", connections: new ReplicaConnections(port) }));
    const deployments = [{ spec: { ref: { id: deploymentId, project: PROJECT, deployment: "d-1" } }, replicas, counters: { any: false } }];
    const failures: unknown[] = [];
    const sampler = new Sampler(() => deployments as never, "bench", "gateway-bench", (batch) => writeSamples(writer, batch), (e) => failures.push(e));
    const backend = (await writer.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]!.pid;
    for (let i = 0; i < 10; i++) await sampler.pass();
    const passes = quick ? 20 : 60;
    const own: number[] = [];
    const database: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const [before, db] = [process.cpuUsage(), cpuSecondsOf(backend)];
      for (let i = 0; i < passes; i++) await sampler.pass();
      const used = process.cpuUsage(before);
      own.push((used.user + used.system) / 1e6 / passes);
      database.push((cpuSecondsOf(backend) - db) / passes);
    }
    if (failures.length > 0) throw failures[0];
    const { rows } = await pool.query<{ n: number }>(`SELECT count(DISTINCT replica)::int AS n FROM telemetry.replica_sample WHERE deployment_id = $1 AND replica LIKE 'bench-%'`, [deploymentId]);
    if (rows[0]!.n !== REPLICAS) throw new Error(`samples of ${rows[0]!.n} replicas were stored`);
    for (const r of replicas) await r.connections.destroy();
    const perPass = median(own) + median(database);
    const share = perPass / SCRAPE_SECONDS;
    return {
      name: `embedded source, ${REPLICAS} replicas every ${SCRAPE_SECONDS} s: share of a core that sampling and storing take`, value: share * 100, unit: "%", goal: `≤ ${MOST_OF_A_CORE * 100} %`, met: share <= MOST_OF_A_CORE,
      values: { [`samples a second at ${MOST_OF_A_CORE * 100} %`]: `${Math.floor((MOST_OF_A_CORE * REPLICAS) / perPass)}`, "samples a second as it is": String(REPLICAS / SCRAPE_SECONDS), "a pass, in the gateway": `${(median(own) * 1000).toFixed(1)} ms`, "in PostgreSQL": `${(median(database) * 1000).toFixed(1)} ms` },
      note: "processor time of the sampler with 100 HTTP answers and of the database's backend; a sample is a row with three histograms",
    };
  } finally {
    servers.kill("SIGKILL");
    await writer.end();
  }
}

/** User and system time of a process; ticks are hundredths of a second on Linux. */
function cpuSecondsOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const HISTOGRAM = { buckets: Array.from({ length: DURATION_BUCKET_COUNT }, (_, i) => i * 17), sum: 12.5, count: 340 };
/** Answers as the model server does to the gateway's question, on a port a replica. */
const REPLICA_SERVERS = `
const http = require("node:http");
const answer = Buffer.from(${JSON.stringify(JSON.stringify({ requestsByCode: { "200": 340, "500": 2 }, errorsByCause: { runtime: 2 }, latency: HISTOGRAM, queue: HISTOGRAM, compute: HISTOGRAM, cpuSeconds: 12.5, rssBytes: 2e8, queueDepth: 0, inFlight: 1 }))});
const servers = Array.from({ length: ${REPLICAS} }, () => http.createServer((q, r) => r.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer)));
Promise.all(servers.map((s) => new Promise((go) => s.listen(0, "127.0.0.1", () => go(s.address().port))))).then((ports) => console.log(JSON.stringify(ports)));
`;
