import http from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { createRule } from "@/lib/alerts/rules";
import { createRuleSchema } from "@/lib/alerts/schema";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { measureFleet } from "@/lib/fleet/measure-fleet";
import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { deploymentName, namespaceName } from "@/lib/targets/kubernetes/names";

const MINUTE = 60_000;
useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });

/** A minute (or quarter) in which a replica answered 90 of 100 requests and used a quarter of a core. */
async function rolledUp(deploymentId: string, projectId: string, at: number, stepSeconds = 60): Promise<void> {
  const zeros = new Array<number>(DURATION_BUCKET_COUNT).fill(0);
  const latency = zeros.map((_, i) => (i === 5 ? 100 : 0));
  await pool().query(
    `INSERT INTO telemetry.rollup (step_seconds, at, deployment_id, project_id, revision, requests, errors, latency, latency_sum, queue, queue_sum, compute, compute_sum, cpu_seconds, queue_depth, in_flight, replicas_ready)
     VALUES ($1, $2, $3, $4, 1, '{"200": 90, "500": 10}', '{"runtime": 10, "bad_request": 5}', $5, 1, $6, 0, $6, 6, $7, 0, 0, 1)`,
    [stepSeconds, new Date(at), deploymentId, projectId, latency, zeros, 0.25 * stepSeconds]);
}

it("reads every deployment from the roll-ups in a number of queries that does not grow with them, and an objective's budget with it", async () => {
  const { projectId, slug } = await makeWorld();
  const now = new Date(Math.floor(Date.now() / (15 * MINUTE)) * 15 * MINUTE);
  await pool().query("INSERT INTO telemetry.rollup_progress (step_seconds, done_until) VALUES (900, $1)", [now]);
  await createRule(tester, projectId, createRuleSchema.parse({ name: "nine of ten", condition: { kind: "burnRate", objectivePercent: 80 } }));
  const add = async (name: string) => {
    const id = await deploy(projectId, name);
    await rolledUp(id, projectId, now.getTime() - 10 * MINUTE);
    await rolledUp(id, projectId, now.getTime() - 15 * MINUTE, 900);
  };
  const spy = vi.spyOn(pg.Client.prototype, "query");
  const counted = async () => { spy.mockClear(); const fleet = await measureFleet([{ id: projectId, slug }], "1h", now); return { fleet, queries: spy.mock.calls.length }; };
  await add("one");
  await counted(); // connections and types are made once
  const few = await counted();
  for (const name of ["two", "three", "four", "five"]) await add(name);
  const many = await counted();
  spy.mockRestore();
  expect([few.fleet.deployments.length, many.fleet.deployments.length]).toEqual([1, 5]);
  expect(many.queries).toBe(few.queries);
  expect(many.fleet.deployments[0]).toMatchObject({ project: slug, deployment: "five", source: "embedded", requests: 100, errorRate: 0.1, utilisation: 0.5, utilisationOf: "processor", costUsd: null, why: null });
  expect(many.fleet.deployments[0]!.cells.filter((c) => c !== null)).toEqual([0.5]);
  expect(many.fleet.objectives).toHaveLength(5);
  expect(many.fleet.objectives[0]).toMatchObject({ rule: "nine of ten", objectivePercent: 80, requests: 100, errors: 10 });
  expect(many.fleet.objectives[0]!.budgetLeft).toBeCloseTo(0.5, 10);
});

it("asks a cluster's source once for all of its deployments; what it does not know is unknown, with why", async () => {
  const asked: string[] = [];
  let series: { metric: Record<string, string>; value: string }[] = [];
  const prometheus = http.createServer((q, r) => {
    let body = "";
    q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => {
      const form = new URLSearchParams(body);
      asked.push(form.get("query")!);
      const range = q.url!.endsWith("query_range");
      const result = series.map(({ metric, value }) => (range ? { metric, values: [[Number(form.get("end")), value]] } : { metric, value: [Number(form.get("time")), value] }));
      r.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ status: "success", data: { resultType: range ? "matrix" : "vector", result } }));
    });
  });
  await new Promise<void>((done) => prometheus.listen(0, "127.0.0.1", done));
  try {
    const { projectId, slug } = await makeWorld();
    const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
    const target = await db().target.create({ data: { slug: `${slug}-c`, name: "c", kind: "kubernetes", config: { auth: "in-cluster", instance: "testtest" }, metricsSource: { create: { kind: "prometheus", config: { kind: "prometheus", url, auth: { type: "none" }, scrapeIntervalSeconds: 15 } } } } });
    const names = ["heard", "silent", "silent-too"];
    for (const name of names) await db().deployment.update({ where: { id: await deploy(projectId, name) }, data: { targetId: target.id } });
    const heard = await db().deployment.findUniqueOrThrow({ where: { projectId_slug: { projectId, slug: "heard" } } });
    const ref = { id: heard.id, project: slug, projectId, deployment: "heard" };
    series = [{ metric: { namespace: namespaceName(ref, { namespacePrefix: "slipway", instance: "testtest" }), slipway_deployment: deploymentName(ref) }, value: "0.25" }];
    const fleet = await measureFleet([{ id: projectId, slug }], "1h");
    // p99, rate and errors of one kind of model server, processor and replicas: no GPU among them.
    expect(asked).toHaveLength(5);
    const of = (name: string) => fleet.deployments.find((d) => d.deployment === name)!;
    expect(of("heard")).toMatchObject({ source: "prometheus", requests: 900, p99Seconds: 0.25, errorRate: 0.25, utilisation: 2, why: null });
    expect(of("silent")).toMatchObject({ requests: null, p99Seconds: null, utilisation: null, why: "No metrics of its pods were found in this window." });
    prometheus.close();
    prometheus.closeAllConnections();
    expect((await measureFleet([{ id: projectId, slug }], "1h")).deployments.map((d) => [d.requests, d.why === null])).toEqual(names.map(() => [null, false]));
  } finally {
    prometheus.close();
  }
});
