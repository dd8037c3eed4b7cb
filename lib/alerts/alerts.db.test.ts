import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { createChannel, listDeliveries, replayDelivery, testChannel } from "@/lib/alerts/channels";
import { BACK_OFF_SECONDS, deliverAlerts } from "@/lib/alerts/deliver";
import { evaluateRules, PERIOD_MS } from "@/lib/alerts/evaluate-rules";
import { previewRule } from "@/lib/alerts/preview-rule";
import { createRule, getRule, replaceRule } from "@/lib/alerts/rules";
import { listActive } from "@/lib/alerts/list-active";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { createSilence } from "@/lib/alerts/silences";
import { createRuleSchema } from "@/lib/alerts/schema";
import { db } from "@/lib/db/client";
import type { Metrics, MetricsSource } from "@/lib/observability/metrics-source";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });
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
});
afterAll(() => void receiver.close());

const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
/** A source that says one p99; null: it does not answer. */
const source = (p99: number | null): MetricsSource => ({
  name: "test",
  query: async ({ now }) => {
    if (p99 === null) throw new Error("down");
    return { asOf: now.getTime() / 1000, gaps: [], series: { queue: [], replicas: [] }, totals: { requests: 10, errors: 0, p99 } } as unknown as Metrics;
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

it("counts failed replicas and interruptions of the last minutes, each by its own events", async () => {
  const { projectId } = await makeWorld();
  const deploymentId = await deploy(projectId);
  await createRule(tester, projectId, rule({ name: "crashes", forSeconds: 0, condition: { kind: "crashLoop", failures: 2, minutes: 10 } }));
  await createRule(tester, projectId, rule({ name: "spot", forSeconds: 0, resolveSeconds: 0, condition: { kind: "spotInterruption" } }));
  await createRule(tester, projectId, rule({ name: "rollouts", forSeconds: 0, resolveSeconds: 0, condition: { kind: "rolloutFailed" } }));
  let at = Date.now() + 20 * PERIOD_MS;
  const event = (key: string, type: string, minutesAgo: number) => db().deploymentEvent.create({ data: { deploymentId, dedupeKey: key, type, reason: "x", message: "x", at: new Date(at - minutesAgo * 60_000) } });
  const firing = async () => { await evaluateRules(new Date((at += PERIOD_MS)), log); return (await listActive([projectId], {}, new Date(at))).map((a) => [a.rule, a.value]); };
  await event("replica:a:failed", "Warning", 1);
  await event("replica:old:failed", "Warning", 15);
  await event("replica:a:ready", "Normal", 1);
  expect(await firing()).toEqual([]);
  // Before there is a rule: one failed replica of the two that this one would wait for.
  expect((await previewRule(projectId, { condition: { kind: "crashLoop", failures: 1, minutes: 10 }, deployment: "iris" }, new Date(at))).items).toMatchObject([{ subject: "iris", verdict: "breach", value: 1 }]);
  await expect(previewRule(projectId, { condition: { kind: "crashLoop", failures: 1, minutes: 10 }, deployment: "other" })).rejects.toMatchObject({ code: "not_found" });
  await event("replica:b:failed", "Warning", 0);
  await event("node:1:b", "Warning", 2);
  await db().deploymentEvent.create({ data: { deploymentId, reason: "CanaryRolledBack", type: "Warning", message: "x", at: new Date(at) } });
  expect((await firing()).sort()).toEqual([["crashes", 2], ["rollouts", 1], ["spot", 1]]);
  at += 61 * 60_000;
  expect(await firing()).toEqual([["crashes", 0]]);
});

it("judges what runs on a cluster by that cluster's own source, and what has none by nothing", async () => {
  const asked: string[] = [];
  let p99 = "0.5";
  const prometheus = http.createServer((q, r) => {
    let body = "";
    q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => {
      const form = new URLSearchParams(body);
      asked.push(form.get("query")!);
      const value = form.get("query")!.startsWith("histogram_quantile(0.99") ? p99 : "1";
      const range = q.url!.endsWith("query_range");
      const result = range ? { metric: {}, values: [[Number(form.get("end")), value]] } : { metric: {}, value: [Number(form.get("time")), value] };
      r.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ status: "success", data: { resultType: range ? "matrix" : "vector", result: [result] } }));
    });
  });
  await new Promise<void>((done) => prometheus.listen(0, "127.0.0.1", done));
  try {
    const { projectId, slug } = await makeWorld();
    const ids = [await deploy(projectId, "measured"), await deploy(projectId, "blind"), await deploy(projectId, "unreadable")];
    const cluster = (name: string, more: object = {}) => db().target.create({ data: { slug: `${slug}-${name}`, name, kind: "kubernetes", config: { auth: "in-cluster", instance: "testtest" }, ...more } });
    const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
    const metricsSource = { create: { kind: "prometheus", config: { kind: "prometheus", url, auth: { type: "none" }, scrapeIntervalSeconds: 15 } } };
    const targets = [await cluster("with", { metricsSource }), await cluster("without"), await cluster("old", { metricsSource, config: {} })];
    for (const [i, id] of ids.entries()) await db().deployment.update({ where: { id }, data: { targetId: targets[i]!.id } });
    const { id } = await createRule(tester, projectId, rule({ forSeconds: 0, resolveSeconds: 0, condition: { kind: "latency", thresholdMs: 100 } }));
    await createRule(tester, projectId, rule({ name: "same window", condition: { kind: "errorRate", thresholdPercent: 1 } }));
    const stands = async () => Object.fromEntries((await getRule(projectId, id)).standings.map((s) => [s.subject, [s.phase, s.value, s.noData]]));
    const now = new Date(Date.now() + 40 * PERIOD_MS);
    await evaluateRules(now, log);
    expect(await stands()).toEqual({ measured: ["firing", 500, null], blind: ["ok", null, expect.stringContaining("without has no metrics source")], unreadable: ["ok", null, expect.stringContaining("Connect it again")] });
    // Three series and six totals, whatever the number of rules over the same window.
    expect(asked).toHaveLength(9);
    p99 = "0.01";
    await evaluateRules(new Date(now.getTime() + PERIOD_MS), log);
    expect((await stands()).measured).toEqual(["ok", 10, null]);
  } finally {
    prometheus.close();
  }
});
