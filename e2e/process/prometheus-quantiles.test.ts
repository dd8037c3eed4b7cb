import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { askOf } from "@/lib/observability/prometheus/ask";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { buildMatMulModel } from "@/lib/samples/build-onnx";
import { Instance } from "./instance";
import { freePort } from "@/lib/net/free-ports";

// Quantiles are claimed to be what Prometheus computes: a real Prometheus scrapes the very replicas that Slipway samples.
const PROMETHEUS = process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus";
const SIZE = 256;
const D = "/api/v1/projects/quantiles/deployments/matrix";
const INFER = "/serve/quantiles/matrix/v2/models/matrix/infer";

let slipway: Instance;
let prometheus: ChildProcess;
let promUrl = "";
let targetsFile = "";

type Totals = { requests: number; p50: number; p95: number; p99: number };
const totals = async (revision: number) => (await slipway.must<{ totals: Totals }>("GET", `${D}/metrics?window=15m&revision=${revision}`)).totals;

async function ask(expression: string): Promise<number> {
  const answer = await fetch(`${promUrl}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1]);
}

/** Ports that the replicas listen on, from /proc: nothing else tells them. */
function replicaPorts(): number[] {
  const listening = new Map(fs.readFileSync("/proc/net/tcp", "utf8").trim().split("\n").slice(1).map((l) => l.trim().split(/\s+/)).filter((f) => f[3] === "0A").map((f) => [f[9]!, parseInt(f[1]!.split(":")[1]!, 16)]));
  return slipway.processes().filter((p) => /model-server/.test(p.command)).flatMap((p) => fs.readdirSync(`/proc/${p.pid}/fd`).flatMap((fd) => {
    const inode = /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`/proc/${p.pid}/fd/${fd}`))?.[1];
    const port = inode === undefined ? undefined : listening.get(inode);
    return port === undefined ? [] : [port];
  }));
}

/** With the labels that a cluster's pods would have. */
const scrape = (revision: number) => fs.writeFileSync(targetsFile, JSON.stringify(replicaPorts().map((p) => ({ targets: [`127.0.0.1:${p}`], labels: { namespace: "quantiles", pod: `matrix-r${revision}-${p}` } }))));

async function send(total: number, atOnce: number): Promise<void> {
  const body = { inputs: [{ name: "input", datatype: "FP32", shape: [1, SIZE], data: new Array(SIZE).fill(0.5) }] };
  for (let sent = 0; sent < total; sent += atOnce) await Promise.all(Array.from({ length: atOnce }, () => slipway.must("POST", INFER, body)));
}

/** Until both have seen all requests of a revision and nothing moves any more. */
async function settled(revision: number, requests: number): Promise<void> {
  const end = Date.now() + 120_000;
  for (;;) {
    const [ours, theirs] = [(await totals(revision)).requests, await ask(`sum(slipway_request_duration_seconds_count{revision="${revision}"})`)];
    if (ours === requests && theirs === requests) return;
    if (Date.now() > end) throw new Error(`Slipway counted ${ours}, Prometheus ${theirs}, sent were ${requests}`);
    await sleep(500);
  }
}

async function compare(revision: number): Promise<void> {
  const ours = await totals(revision);
  for (const [q, value] of [[0.5, ours.p50], [0.95, ours.p95], [0.99, ours.p99]] as const) {
    // Raw counters, not rate(): they began at zero with the replicas, and rate() would extrapolate.
    const theirs = await ask(`histogram_quantile(${q}, sum by (le) (slipway_request_duration_seconds_bucket{revision="${revision}"}))`);
    expect(theirs).toBeGreaterThan(0);
    expect(Math.abs(value / theirs - 1), `q${q} of revision ${revision}: ${value} and ${theirs}`).toBeLessThan(1e-9);
  }
}

const there = fs.existsSync(PROMETHEUS);

beforeAll(async () => {
  if (!there) return;
  slipway = await Instance.start();
  const dir = path.join(slipway.dir, "prometheus");
  fs.mkdirSync(dir);
  targetsFile = path.join(dir, "targets.json");
  fs.writeFileSync(targetsFile, "[]");
  fs.writeFileSync(path.join(dir, "prometheus.yml"), "global: { scrape_interval: 1s }\nscrape_configs:\n- job_name: replicas\n  file_sd_configs: [{ files: [targets.json], refresh_interval: 1s }]\n");
  const port = await freePort();
  promUrl = `http://127.0.0.1:${port}`;
  prometheus = spawn(PROMETHEUS, [`--config.file=${dir}/prometheus.yml`, `--storage.tsdb.path=${dir}/data`, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  while (!(await fetch(`${promUrl}/-/ready`).catch(() => null))?.ok) await sleep(100);
});
afterAll(async () => {
  prometheus?.kill("SIGKILL");
  await slipway?.dispose();
});

it.skipIf(!there)("p50, p95 and p99 are those of a real Prometheus over the same replicas, by revision", async () => {
  await slipway.must("POST", "/api/v1/projects", { name: "quantiles" });
  await slipway.must("POST", "/api/v1/projects/quantiles/models", { name: "matrix" });
  for (const repeats of [4, 60]) await slipway.must("POST", "/api/v1/projects/quantiles/models/matrix/versions?filename=model.onnx", buildMatMulModel({ size: SIZE, repeats }));
  const ready = (revision: number) => slipway.until("GET", D, (a) => {
    const status = a.json.status as { phase?: string; stableRevision?: number; replicas?: { ready: number } } | undefined;
    return status?.phase === "Ready" && status.stableRevision === revision && status.replicas?.ready === 2;
  });
  await slipway.must("POST", "/api/v1/projects/quantiles/deployments", { name: "matrix", model: "matrix", version: 1, target: "local", profile: "local-small", scaling: { min: 2, max: 2 } });
  await ready(1);
  scrape(1);
  await send(240, 6);
  await settled(1, 240);
  await compare(1);

  const { headers } = await slipway.api("GET", D);
  await slipway.must("PATCH", D, { version: 2 }, { "if-match": headers.get("etag")! });
  await ready(2);
  scrape(2);
  await send(120, 3);
  await settled(2, 120);
  await compare(2);
  // What the first revision did is still told as it was.
  expect((await totals(1)).requests).toBe(240);
});

it.skipIf(!there)("a cluster's source reads the same servers through Prometheus' API, by revision, and says what it cannot have", async () => {
  const ask = askOf({ config: { kind: "prometheus", url: promUrl, auth: { type: "none" }, scrapeIntervalSeconds: 5 }, secret: null });
  const source = prometheusSource(ask, { dialect: DIALECTS.slipway, namespace: "quantiles", name: "matrix", accelerators: 0, edge: { kind: "none" }, revisions: [1, 2], scrapeIntervalSeconds: 5 });
  // A rate needs an increase between two scrapes, and a step is told once it is over.
  await send(30, 3);
  const end = Date.now() + 120_000;
  const read = () => source.query({ deploymentId: "unused", window: "5m", revision: 2, now: new Date() });
  let second = await read();
  while (!second.series.p99.some(([, v]) => v !== null) && Date.now() < end) {
    await sleep(1000);
    second = await read();
  }
  const missing = Object.fromEntries(second.gaps.map((g) => [g.measure, g.kind]));
  // Neither cAdvisor nor kube-state-metrics is scraped here, and our server counts no tokens: each is said, and nothing else is missing.
  expect(missing).toEqual({ tokensPerSecond: "absent", ttftP50: "absent", ttftP95: "absent", gpu: "absent", gpuMemory: "absent", cpu: "empty", memory: "empty", throttled: "empty", replicas: "empty", restarts: "empty" });
  for (const m of ["requestsPerSecond", "p50", "p95", "p99", "mean", "queueP95", "computeP50", "errorRate", "queue"] as const) expect(second.series[m].some(([, v]) => v !== null), m).toBe(true);
  expect(second.series.errorRate.every(([, v]) => v === null || v === 0)).toBe(true);
  expect(second.totals.p50).toBeGreaterThan(0);
  expect(second.totals.p99).toBeGreaterThanOrEqual(second.totals.p50!);
  expect((await source.query({ deploymentId: "unused", window: "5m", revision: 3, now: new Date() })).gaps.find((g) => g.measure === "p99")?.kind).toBe("empty");
  await expect(askOf({ config: { kind: "prometheus", url: `${promUrl}/graph`, auth: { type: "none" }, scrapeIntervalSeconds: 5 }, secret: null })("query", { query: "up" })).rejects.toThrow(/HTTP 40|web page|not JSON/);
});
