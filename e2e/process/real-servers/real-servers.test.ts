import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "@/lib/net/free-ports";
import { reportProof } from "@/e2e/report-proof";
import type { Metrics } from "@/lib/observability/metrics-source";
import { askOf } from "@/lib/observability/prometheus/ask";
import { prometheusSource } from "@/lib/observability/prometheus/prometheus-source";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { PACKAGES } from "./packages";
import { KINDS, RealServer } from "./servers";

// What the queries say is held against what was sent: a real Prometheus scrapes model servers from their own packages.
// They are installed from PyPI (minutes), so only `npm run prove -- --only real-servers` runs it.
const PROMETHEUS = process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus";
const wanted = process.env.PROVE_REAL_SERVERS === "1";
const REQUESTS = 400;
const FAILED_EVERY = 20;
/** Of a hundred requests: how long each is asked to take. */
const SHAPE = (i: number): number => (i % 100 < 60 ? 15 : i % 100 < 90 ? 60 : i % 100 < 98 ? 180 : 400);

let dir = "";
let promUrl = "";
let prometheus: ChildProcess | undefined;
const servers: RealServer[] = [];

beforeAll(async () => {
  if (!wanted) return;
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-real-servers-"));
  for (const kind of KINDS) servers.push(await RealServer.start(kind, dir));
  const targets = servers.map((s) => ({ targets: [s.metrics], labels: { namespace: "real", pod: `${s.kind.folder}-r1-0` } }));
  fs.writeFileSync(path.join(dir, "prometheus.yml"), `global: { scrape_interval: 1s }\nscrape_configs:\n- job_name: pods\n  static_configs: ${JSON.stringify(targets)}\n`);
  const [port] = await freePorts(1);
  promUrl = `http://127.0.0.1:${port}`;
  prometheus = spawn(PROMETHEUS, [`--config.file=${dir}/prometheus.yml`, `--storage.tsdb.path=${dir}/data`, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  // Ready is not yet scraping: what came before the first scrape is in no increase.
  const ask = askOf({ config: { kind: "prometheus", url: promUrl, auth: { type: "none" }, scrapeIntervalSeconds: 5 }, secret: null });
  const scraped = () => ask("query", { query: "count(up == 1)" }).then((a) => a.series[0]?.points[0]?.[1] ?? 0, () => 0);
  while ((await scraped()) < servers.length) await sleep(200);
});
afterAll(async () => {
  prometheus?.kill("SIGKILL");
  await Promise.all(servers.map((s) => s.stop()));
  if (dir) fs.rmSync(dir, { recursive: true, force: true });
});

describe.skipIf(!wanted)("queries over a real Prometheus and real model servers", () => {
  it.each(KINDS.map((k, i) => [k.title, i] as const))("%s: traffic, errors and percentiles are those of what was sent", async (_, index) => {
    const server = servers[index]!;
    const { kind } = server;
    // A counter is there once it counted: each kind of answer once, and two scrapes, so that an increase is one.
    await server.ask({ ms: 1, fail: false });
    await server.ask({ ms: 1, fail: true });
    await sleep(3000);
    const took: number[] = [];
    let next = 0;
    await Promise.all(Array.from({ length: 4 }, async () => {
      while (next < REQUESTS) {
        const i = next++;
        took.push(await server.ask({ ms: SHAPE(i), fail: i % FAILED_EVERY === 0 }));
        // Probes come all the time, and are nobody's traffic.
        if (i % 10 === 0) await server.probe();
      }
    }));
    const source = prometheusSource(askOf({ config: { kind: "prometheus", url: promUrl, auth: { type: "none" }, scrapeIntervalSeconds: 5 }, secret: null }), { dialect: DIALECTS[kind.dialect], namespace: "real", name: kind.folder, accelerators: 0, edge: { kind: "none" }, revisions: [1], scrapeIntervalSeconds: 5 });
    const read = () => source.query({ deploymentId: "unused", window: "5m", now: new Date() });
    const near = (m: Metrics) => m.totals.requests !== null && Math.abs(m.totals.requests / REQUESTS - 1) < 0.05;
    let m = await read();
    for (const end = Date.now() + 120_000; !near(m) && Date.now() < end; m = await read()) await sleep(1000);

    // Rates are extrapolated to the window's edges: within a twentieth.
    expect(Math.abs(m.totals.requests! / REQUESTS - 1), `${m.totals.requests} of ${REQUESTS}`).toBeLessThan(0.05);
    expect(Math.abs(m.totals.errors! / (REQUESTS / FAILED_EVERY) - 1), `${m.totals.errors} of ${REQUESTS / FAILED_EVERY}`).toBeLessThan(0.15);
    expect(Object.keys(m.errorsByCause)).toEqual([kind.failure]);
    const asked = Array.from({ length: REQUESTS }, (_, i) => SHAPE(i) / 1000).sort((a, b) => a - b);
    const sorted = took.sort((a, b) => a - b);
    const bounds = await boundsOf(server, kind.dialect);
    const shown: string[] = [];
    for (const [name, q] of [["p50", 0.5], ["p95", 0.95], ["p99", 0.99]] as const) {
      const seen = sorted[Math.ceil(q * sorted.length) - 1]!;
      const told = m.totals[name]!;
      // A server takes at least what it was asked to, and no longer than its caller waited: between these, as far as its own buckets tell.
      const least = asked[Math.ceil(q * asked.length) - 1]!;
      expect(told, `${name}: ${told}, asked for were ${least}`).toBeGreaterThanOrEqual(bounds.findLast((b) => b < least) ?? 0);
      expect(told, `${name}: ${told}, the caller saw ${seen}`).toBeLessThanOrEqual(bounds.find((b) => seen <= b) ?? bounds.at(-1)!);
      shown.push(`${name} ${Math.round(told * 1000)} ms (asked ${Math.round(least * 1000)}, the caller saw ${Math.round(seen * 1000)})`);
    }
    expect(m.series.mean.some(([, v]) => v !== null && v > 0)).toBe(true);
    const own = m.gaps.filter((g) => !["cpu", "memory", "throttled", "gpu", "gpuMemory", "replicas", "restarts", "nodes"].includes(g.measure));
    expect(own.filter((g) => g.kind !== "absent"), "every query has an answer, or a reason why the server cannot have one").toEqual([]);
    reportProof(`${PACKAGES[kind.set].find((p) => p.startsWith(kind.folder))!.replace("==", " ")}: ${m.totals.requests} of ${REQUESTS} requests, ${m.totals.errors} of ${REQUESTS / FAILED_EVERY} failures, ${shown.join(", ")}`);
  });
});

/** Upper bounds of the histogram that the dialect reads, from the server itself. */
async function boundsOf(server: RealServer, dialect: string): Promise<number[]> {
  const name = { http: /^(http_request_duration_highr|flask_http_request_duration)_seconds_bucket/, bentoml: /^bentoml_service_request_duration_seconds_bucket/, mlserver: /^rest_server_requests?_duration_seconds_bucket/ }[dialect]!;
  const text = await (await fetch(`http://${server.metrics}/metrics`)).text();
  const found = text.split("\n").filter((l) => name.test(l)).map((l) => Number(/le="([^"]+)"/.exec(l)![1]!.replace("+Inf", "Infinity")));
  return [...new Set(found)].filter(Number.isFinite).sort((a, b) => a - b);
}
