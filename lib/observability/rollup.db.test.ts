import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { pool } from "@/lib/db/pool";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { embeddedSource } from "@/lib/observability/embedded-source";
import { readRollups } from "@/lib/observability/read-samples";
import { seriesOf } from "@/lib/observability/series";
import { rollUp } from "@/lib/observability/rollup";
import type { ReplicaSample } from "@/lib/observability/sample";
import { writeSamples } from "@/lib/observability/write-samples";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";

const MINUTE = 60_000;
useTestDatabase();
let deploymentId: string;
// At most an hour ago, on a quarter: its partition exists, whatever the time of day.
const start = Math.floor((Date.now() - 45 * MINUTE) / (15 * MINUTE)) * 15 * MINUTE;

beforeEach(async () => {
  await pool().query("DELETE FROM telemetry.replica_sample");
  await pool().query("DELETE FROM telemetry.rollup");
  await pool().query("DELETE FROM telemetry.rollup_progress");
  deploymentId = await deploy((await makeWorld()).projectId);
});

/** A scrape of a replica that has answered `total` requests: a third in bucket 2, the others in bucket 5. */
function scrape(at: number, replica: string, revision: number, total: number): ReplicaSample {
  const histogram = () => {
    const buckets = new Array<number>(DURATION_BUCKET_COUNT).fill(0);
    buckets[2] = Math.floor(total / 3);
    buckets[5] = total - buckets[2];
    return { buckets, sum: total * 0.005, count: total };
  };
  return {
    at: new Date(at).toISOString(), deploymentId, project: "p", deployment: "d", revision, replica, state: "ready", requestsByCode: { 200: total }, errorsByCause: { timeout: Math.floor(total / 10) },
    latency: histogram(), queue: histogram(), compute: histogram(), cpuSeconds: total / 100, rssBytes: 1_000_000, queueDepth: 1, inFlight: 1,
  };
}
/** Two revisions, scraped every five seconds; three and five requests a scrape. */
async function fill(from: number, to: number) {
  const samples: ReplicaSample[] = [];
  for (let at = from, n = 1; at < to; at += 5000, n++) samples.push(scrape(at, "r1", 1, 3 * n), scrape(at, "r2", 2, 5 * n));
  await writeSamples(pool(), { at: new Date(from).toISOString(), samples });
  return samples.length / 2;
}
const countRows = async () => Number((await pool().query<{ n: string }>("SELECT count(*) AS n FROM telemetry.replica_sample")).rows[0]!.n);
async function rolled(step: 60 | 900) {
  const rows = await readRollups(pool(), step, new Date(start - 60 * MINUTE), new Date(start + 120 * MINUTE), { deploymentId });
  return [1, 2].map((revision) => {
    const own = rows.filter((r) => r.revision === revision);
    const add = (pick: (r: (typeof rows)[number]) => number) => own.reduce((sum, r) => sum + pick(r), 0);
    return { requests: add((r) => r.requests["200"] ?? 0), errors: add((r) => r.errors.timeout ?? 0), second: add((r) => r.latency[2]!), fifth: add((r) => r.latency[5]!), compute: Math.round(add((r) => r.computeSum) * 1000) };
  });
}

describe("samples", () => {
  it("are stored once, however often the batch is posted", async () => {
    await fill(start, start + MINUTE);
    await fill(start, start + MINUTE);
    expect(await countRows()).toBe(24);
  });

  it("of a deployment that is gone are left out", async () => {
    await writeSamples(pool(), { at: new Date(start).toISOString(), samples: [{ ...scrape(start, "r1", 1, 3), deploymentId: "00000000-0000-4000-8000-000000000000" }, scrape(start, "r2", 2, 5)] });
    expect(await countRows()).toBe(1);
  });
});

describe("rollUp", () => {
  it("keeps every count, bucket and sum of every revision from samples to minutes to quarters", async () => {
    const scrapes = await fill(start, start + 15 * MINUTE);
    await rollUp(pool(), new Date(start + 16 * MINUTE));
    const expected = [3, 5].map((rate) => {
      const requests = rate * scrapes;
      return { requests, errors: Math.floor(requests / 10), second: Math.floor(requests / 3), fifth: requests - Math.floor(requests / 3), compute: requests * 5 };
    });
    expect(await rolled(60)).toEqual(expected);
    expect(await rolled(900)).toEqual(expected);
  });

  it("repeated, or done in bites, gives the same rows", async () => {
    await fill(start, start + 15 * MINUTE);
    for (const minutes of [2, 3, 3, 7, 16]) await rollUp(pool(), new Date(start + minutes * MINUTE));
    const rows = async () => (await pool().query("SELECT * FROM telemetry.rollup ORDER BY step_seconds, at, revision")).rows as unknown[];
    const bites = await rows();
    expect(await rollUp(pool(), new Date(start + 16 * MINUTE))).toBe(0);
    expect(await rows()).toEqual(bites);
    await pool().query("DELETE FROM telemetry.rollup_progress");
    await rollUp(pool(), new Date(start + 16 * MINUTE));
    expect(await rows()).toEqual(bites);
  });

  it("counts nothing twice after a silence that is longer than an interval", async () => {
    await writeSamples(pool(), { at: "", samples: [scrape(start + 5000, "r1", 1, 100)] });
    await rollUp(pool(), new Date(start + 5 * MINUTE));
    await writeSamples(pool(), { at: "", samples: [scrape(start + 10 * MINUTE, "r1", 1, 103), scrape(start + 10 * MINUTE + 5000, "r1", 1, 110)] });
    await rollUp(pool(), new Date(start + 12 * MINUTE));
    expect((await rolled(60))[0]!.requests).toBe(110);
  });
});

describe("embeddedSource", () => {
  it("shows the same totals over a short window from samples and over a day from roll-ups", async () => {
    const from = start + 10 * MINUTE + 1000;
    const scrapes = await fill(from, from + 4 * MINUTE + 30_000);
    const now = new Date(start + 15 * MINUTE + 2000); // both windows end at the quarter
    const before = await embeddedSource.query({ deploymentId, window: "5m", now });
    const unrolled = await embeddedSource.query({ deploymentId, window: "24h", now });
    await rollUp(pool(), now);
    const day = await embeddedSource.query({ deploymentId, window: "24h", now });
    expect(before.totals.requests).toBe(8 * scrapes);
    for (const m of [unrolled, day]) {
      expect({ ...m.totals, computeSeconds: 0, computeMeanMs: 0 }).toEqual({ ...before.totals, computeSeconds: 0, computeMeanMs: 0 });
      expect(m.totals.computeSeconds).toBeCloseTo(before.totals.computeSeconds!, 9);
      expect(m.revisions).toEqual([1, 2]);
    }
    expect((await embeddedSource.query({ deploymentId, window: "5m", revision: 1, now })).totals.requests).toBe(3 * scrapes);
  });
  it("draws a day from roll-ups of five minutes as its minutes would: counters, means and the highest memory, while one revision comes and the others go; what is not rolled up so far is read in minutes", async () => {
    await fill(start, start + 7 * MINUTE);
    const alone = Array.from({ length: 60 }, (_, n) => scrape(start + 7 * MINUTE + n * 5000, "r3", 3, 4 * (n + 1)));
    await writeSamples(pool(), { at: "", samples: alone });
    const now = new Date(start + 45 * MINUTE + 2000);
    await rollUp(pool(), now);
    const { from, to, stepSeconds, series, totals, errorsByCause, revisions } = await embeddedSource.query({ deploymentId, window: "24h", now });
    const minutes = await readRollups(pool(), 60, new Date(from * 1000), new Date(to * 1000), { deploymentId });
    const here = seriesOf(minutes, { fromSeconds: from, toSeconds: to, stepSeconds });
    expect(await readRollups(pool(), 300, new Date(from * 1000), new Date(to * 1000), { deploymentId })).toHaveLength(4);
    const rounded = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, v: unknown) => (typeof v === "number" ? Number(v.toPrecision(9)) : v));
    const minuteByMinute = rounded({ series: here.series, totals: here.totals, errorsByCause: here.errorsByCause });
    expect(rounded({ series, totals, errorsByCause })).toEqual(minuteByMinute);
    expect(revisions).toEqual([1, 2, 3]);
    // An older Slipway rolled up no fives: those that are missing at the beginning, and at the end, are minutes.
    await pool().query("DELETE FROM telemetry.rollup WHERE step_seconds = 300 AND at <> $1", [new Date(start + 5 * MINUTE)]);
    const part = await embeddedSource.query({ deploymentId, window: "24h", now });
    expect(rounded({ series: part.series, totals: part.totals, errorsByCause: part.errorsByCause })).toEqual(minuteByMinute);
    expect(part.revisions).toEqual([1, 2, 3]);
    expect(series.replicas.filter(([, v]) => v !== null).map(([, v]) => v)).toEqual([2, 2, 1.6, 1]);
  });
  it("draws an hour in its own steps, not the minutes of roll-ups as if they were steps", async () => {
    await fill(start, start + 10 * MINUTE);
    const now = new Date(start + 15 * MINUTE + 7000);
    await rollUp(pool(), now);
    const { series, stepSeconds } = await embeddedSource.query({ deploymentId, window: "1h", now });
    const known = series.requestsPerSecond.filter(([t, v]) => v !== null && t * 1000 >= start + MINUTE && t * 1000 < start + 9 * MINUTE);
    expect(stepSeconds).toBe(15);
    expect(known.map(([, v]) => v)).toEqual(new Array(32).fill(8 / 5));
  });
  it("shows a part of the past whose samples are gone in the minutes that are left of it", async () => {
    const scrapes = await fill(start, start + 10 * MINUTE);
    await rollUp(pool(), new Date(start + 30 * MINUTE));
    await pool().query("DELETE FROM telemetry.replica_sample");
    const m = await embeddedSource.query({ deploymentId, window: "1h", between: { from: start / 1000 - 60, to: start / 1000 + 900 }, now: new Date(start + 3 * 86_400_000) });
    expect([m.stepSeconds, m.totals.requests]).toEqual([60, 8 * scrapes]);
  });
});

describe("partitions", () => {
  it("are made and dropped by the role that runs, which may do neither itself", async () => {
    const names = async () => (await pool().query<{ relname: string }>("SELECT relname FROM pg_class WHERE relname ~ '^(replica_sample|rollup)_2031' AND relkind = 'r' ORDER BY 1")).rows.map((r) => r.relname);
    await pool().query("SELECT telemetry.ensure_partitions('2031-03-01', 2)");
    await pool().query("SELECT telemetry.ensure_partitions('2031-03-01', 2)");
    expect(await names()).toEqual(["replica_sample_20310301", "replica_sample_20310302", "rollup_20310301", "rollup_20310302"]);
    await expect(pool().query("DROP TABLE telemetry.rollup_20310301")).rejects.toThrow("must be owner");
    await expect(pool().query("CREATE TABLE telemetry.mine (a int)")).rejects.toThrow("permission denied");
    await expect(pool().query("SELECT telemetry.drop_partitions('pg_class', '2031-03-02')")).rejects.toThrow("unknown kind");
    await pool().query("SELECT telemetry.drop_partitions('rollup', '2031-03-02')");
    expect(await names()).toEqual(["replica_sample_20310301", "replica_sample_20310302", "rollup_20310302"]);
  });
});
