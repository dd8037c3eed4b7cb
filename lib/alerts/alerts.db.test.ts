import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { createChannel, listDeliveries, replayDelivery, testChannel } from "@/lib/alerts/channels";
import { BACK_OFF_SECONDS, deliverAlerts } from "@/lib/alerts/deliver";
import { evaluateRules, PERIOD_MS } from "@/lib/alerts/evaluate-rules";
import { createRule, getRule, replaceRule } from "@/lib/alerts/rules";
import { listActive } from "@/lib/alerts/list-active";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { createSilence } from "@/lib/alerts/silences";
import { createRuleSchema } from "@/lib/alerts/schema";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import type { Metrics, MetricsSource } from "@/lib/observability/metrics-source";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

let database: TestDatabase;
let answers = 200;
const taken: { headers: http.IncomingHttpHeaders; body: string }[] = [];
const receiver = http.createServer((q, r) => {
  let body = "";
  q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => { taken.push({ headers: q.headers, body }); r.writeHead(answers).end(); });
});
const reach = { allow: { allow: [{ cidr: "127.0.0.1/32", http: true }] } };
const log = { warn: (o: unknown) => { throw new Error("could not be evaluated", { cause: o }); } };
beforeAll(async () => {
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  database = await createTestDatabase();
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });
});
afterAll(async () => {
  receiver.close();
  await db().$disconnect();
  await pool().end();
  await database.drop();
});

const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
/** A source that says one p99; null: it does not answer. */
const source = (p99: number | null): MetricsSource => ({
  name: "test",
  query: async ({ now }) => {
    if (p99 === null) throw new Error("down");
    return { asOf: now.getTime() / 1000, series: { queue: [], replicas: [] }, totals: { requests: 10, errors: 0, p99 } } as unknown as Metrics;
  },
});
const rule = (more: object = {}) => createRuleSchema.parse({ name: "slow", condition: { kind: "latency", thresholdMs: 100 }, forSeconds: 30, resolveSeconds: 30, ...more });

it("evaluates once a period with eight evaluators racing, tells a firing and its end once each, and says nothing while nothing is known", async () => {
  const { projectId } = await makeWorld();
  await deploy(projectId);
  const channel = await createChannel(tester, projectId, { kind: "webhook", name: "hook", url: url() });
  const { id } = await createRule(tester, projectId, rule({ channels: [channel.id] }));
  let at = Math.ceil(Date.now() / PERIOD_MS) * PERIOD_MS;
  const period = async (p99: number | null) => {
    const now = new Date((at += PERIOD_MS));
    const counts = await Promise.all(Array.from({ length: 8 }, () => evaluateRules(now, log, source(p99))));
    expect(counts.reduce((a, b) => a + b)).toBe(1);
    return (await getRule(projectId, id)).standings[0]!;
  };
  expect([(await period(0.2)).phase, (await period(0.2)).phase]).toEqual(["pending", "firing"]);
  expect(await period(null)).toMatchObject({ phase: "firing", noData: "The source of measures did not answer." });
  expect([(await period(0.05)).phase, (await period(null)).phase, (await period(0.05)).phase, (await period(0.05)).phase]).toEqual(["firing", "firing", "firing", "ok"]);
  expect((await listAlerts([projectId], { state: "all" })).items.map((a) => a.resolvedAt !== null)).toEqual([true]);
  taken.length = 0;
  const sent = await Promise.all(Array.from({ length: 4 }, () => deliverAlerts(new Date(at), reach)));
  expect(sent.reduce((a, b) => a + b)).toBe(2);
  const events = taken.map(({ headers, body }) => (new Webhook(channel.secret!).verify(body, headers as Record<string, string>) as { type: string }).type);
  expect(events.sort()).toEqual(["alert.fired", "alert.resolved"]);
  expect(JSON.stringify(await db().alertChannel.findMany({ where: { id: channel.id } }))).not.toContain(channel.secret!.slice(6));
});

it("gives a message up after its last attempt, keeps it, and sends it again when asked", async () => {
  const { projectId, slug } = await makeWorld();
  const channel = await createChannel(tester, projectId, { kind: "webhook", name: "hook", url: url() });
  let now = new Date();
  const { id } = await testChannel(tester, { id: projectId, slug }, channel.id, now);
  answers = 500;
  const state = async () => (await listDeliveries(projectId, channel.id, "all"))[0]!;
  for (const seconds of BACK_OFF_SECONDS) {
    expect(await deliverAlerts(now, reach)).toBe(0);
    expect(await state()).toMatchObject({ state: "waiting", lastError: "The receiver answered 500." });
    expect(await deliverAlerts(new Date(now.getTime() + seconds * 1000 - 1), reach)).toBe(0);
    now = new Date(now.getTime() + seconds * 1000);
  }
  await deliverAlerts(now, reach);
  expect(await state()).toMatchObject({ state: "dead", attempts: BACK_OFF_SECONDS.length + 1 });
  answers = 200;
  taken.length = 0;
  await replayDelivery(tester, projectId, id, now);
  expect(await deliverAlerts(now, reach)).toBe(1);
  expect(taken.map((t) => t.headers["webhook-id"])).toEqual([id]);
  expect(await state()).toMatchObject({ state: "delivered" });
});

it("never connects to an address inside the network", async () => {
  const { projectId, slug } = await makeWorld();
  const channel = await createChannel(tester, projectId, { kind: "slack", name: "inside", url: url() });
  await testChannel(tester, { id: projectId, slug }, channel.id);
  taken.length = 0;
  expect(await deliverAlerts(new Date())).toBe(0);
  expect([taken.length, (await listDeliveries(projectId, channel.id, "all"))[0]!.lastError]).toEqual([0, expect.stringContaining("127.0.0.1")]);
});

it("a silence keeps it from being told, not from being shown; a stopped deployment and a rule turned off are over, and say so", async () => {
  const { projectId } = await makeWorld();
  const deploymentId = await deploy(projectId);
  const channel = await createChannel(tester, projectId, { kind: "webhook", name: "hook", url: url() });
  const input = rule({ forSeconds: 0, channels: [channel.id] });
  const { id } = await createRule(tester, projectId, input);
  await createSilence(tester, projectId, { rule: id, deployment: "iris", minutes: 600, reason: "known" });
  let at = Date.now() + 10 * PERIOD_MS;
  const period = () => evaluateRules(new Date((at += PERIOD_MS)), log, source(1));
  await period();
  expect((await listAlerts([projectId], { state: "firing" })).items).toMatchObject([{ rule: "slow", subject: "iris", silenced: true }]);
  expect(await listActive([projectId])).toMatchObject([{ rule: "slow", subject: "iris", deployment: "iris", phase: "firing", value: 1000, threshold: 100, unit: "ms", silence: { reason: "known" } }]);
  expect([await listActive([projectId], { deployment: "other" }), await listActive([])]).toEqual([[], []]);
  expect(await listDeliveries(projectId, channel.id, "all")).toEqual([]);
  await db().deployment.update({ where: { id: deploymentId }, data: { desiredState: "stopped" } });
  await period();
  expect((await listAlerts([projectId], { state: "firing" })).items).toEqual([]);
  await db().deployment.update({ where: { id: deploymentId }, data: { desiredState: "running" } });
  await period();
  await replaceRule(tester, projectId, id, { ...input, enabled: false });
  await period();
  expect((await listAlerts([projectId], { state: "all" })).items.map((a) => a.resolution)).toEqual(["The rule was turned off.", "It was stopped, deleted or has no budget any more."]);
});
