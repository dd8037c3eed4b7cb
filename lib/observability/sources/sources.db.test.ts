import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { checkTargetSource } from "@/lib/observability/sources/check-target-source";
import { getSource } from "@/lib/observability/sources/get-source";
import { putSource } from "@/lib/observability/sources/put-source";
import { putMetricsSourceSchema } from "@/lib/observability/sources/schema";
import { measureDeployment } from "@/lib/observability/measure-deployment";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });
const KEYS = { apiKey: "dd-api-never-shown", applicationKey: "dd-app-never-shown" };
const taken: (string | undefined)[][] = [];
let status = 200;
// Datadog on the wire: it knows these keys, and every query has one series with one value.
const datadog = http.createServer((q, r) => {
  let body = "";
  q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => {
    taken.push([q.url, q.headers["dd-api-key"] as string, q.headers["dd-application-key"] as string]);
    const { from, formulas } = (JSON.parse(body) as { data: { attributes: { from: number; formulas: unknown[] } } }).data.attributes;
    r.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ data: { attributes: { times: [from], series: formulas.map((_, i) => ({ group_tags: [], query_index: i })), values: formulas.map(() => [6]) } } }));
  });
});
beforeAll(async () => {
  await new Promise<void>((done) => datadog.listen(0, "127.0.0.1", done));
});
afterAll(() => void datadog.close());

it("Datadog is a target's source: its keys are sealed and in no answer, and are kept for the same address alone", async () => {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const target = await db().target.create({ data: { slug: "kind", name: "kind", kind: "kubernetes", config: { auth: "in-cluster", instance: "abcdefgh" } } });
  await db().deployment.update({ where: { id }, data: { targetId: target.id } });
  const url = `http://127.0.0.1:${(datadog.address() as AddressInfo).port}`;
  const put = (more: object) => putSource(tester, "kind", putMetricsSourceSchema.parse({ kind: "datadog", site: "datadoghq.eu", url, ...more }));

  await expect(put({})).rejects.toMatchObject({ code: "unprocessable", fields: [{ path: "apiKey" }, { path: "applicationKey" }] });
  await expect(put({ apiKey: KEYS.apiKey })).rejects.toMatchObject({ code: "unprocessable", fields: [{ path: "applicationKey" }] });
  expect(await put(KEYS)).toMatchObject({ kind: "datadog", health: { ok: true }, settings: { url, site: "datadoghq.eu", auth: "keys", secretSet: true } });
  expect(taken).toEqual([["/api/v2/query/timeseries", KEYS.apiKey, KEYS.applicationKey]]);
  // Kept, as the address stays.
  expect(await put({})).toMatchObject({ health: { ok: true } });
  expect(new Set(taken.map((t) => t[1]))).toEqual(new Set([KEYS.apiKey]));
  await expect(putSource(tester, "kind", putMetricsSourceSchema.parse({ kind: "datadog", site: "us5.datadoghq.com" }))).rejects.toMatchObject({ code: "unprocessable" });
  expect(putMetricsSourceSchema.safeParse({ kind: "datadog", site: "datadoghq.eu", url: "http://proxy.example.com" }).success).toBe(false);
  expect(putMetricsSourceSchema.safeParse({ kind: "datadog", site: "example.com" }).success).toBe(false);

  const metrics = await measureDeployment(id, { window: "1h", now: new Date() });
  expect(metrics.source).toBe("datadog");
  expect(metrics.series.requestsPerSecond[0]![1]).toBe(0.2);
  const shown = JSON.stringify([metrics, await getSource(tester, "kind"), await db().targetMetricsSource.findMany({ omit: { credentials: true } }), await db().auditEntry.findMany({ select: { detail: true } })]);
  for (const key of Object.values(KEYS)) expect(shown).not.toContain(key);
  expect(Buffer.from((await db().targetMetricsSource.findFirstOrThrow()).credentials!).toString("utf8")).not.toContain("never-shown");

  status = 403;
  expect(await checkTargetSource(tester, "kind")).toMatchObject({ health: { ok: false, message: expect.stringContaining("refuses the keys") as string } });
  expect((await measureDeployment(id, { window: "6h", now: new Date() })).gaps.find((g) => g.measure === "p99")).toMatchObject({ kind: "failed" });
});
