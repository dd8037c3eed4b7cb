import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Exporter, headersOf } from "@/lib/tracing/exporter";
import { parseTraceparent } from "@/lib/tracing/otlp";
import { traced, traceId } from "@/lib/tracing/traced";

// An OTLP receiver on the wire.
type Sent = { traceId: string; spanId: string; parentSpanId?: string; name: string; kind: number; startTimeUnixNano: string; endTimeUnixNano: string; attributes: { key: string; value: object }[]; status?: { code: number; message: string } };
type Body = { resourceSpans: { resource: { attributes: { key: string; value: { stringValue?: string } }[] }; scopeSpans: { spans: Sent[] }[] }[] };
const taken: { path: string | undefined; headers: http.IncomingHttpHeaders; body: Body }[] = [];
let status = 200;
const collector = http.createServer((q, r) => {
  let body = "";
  q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => { taken.push({ path: q.url, headers: q.headers, body: JSON.parse(body) as Body }); r.writeHead(status).end("{}"); });
});
let to: Exporter;
const spans = () => taken.flatMap((t) => t.body.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
  to = new Exporter({ url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`, headers: headersOf("X-Team=ml%20ops,api-key=k=1") }, { process: "web", version: "0.1.0", host: "h", pid: 7 });
});
afterAll(() => void collector.close());
beforeEach(() => { taken.length = 0; status = 200; });
const all = () => 1;

it("a request and what it did are one trace, begun by its caller, as OTLP takes it", async () => {
  const parent = parseTraceparent(`00-${"a".repeat(32)}-${"b".repeat(16)}-01`);
  const seen = await traced({ name: "GET /x", kind: "server", parent, attributes: { "http.route": "/x" } }, async (tell) => {
    await traced({ name: "prometheus query", kind: "client" }, async () => undefined, to, all);
    tell.set({ "http.response.status_code": 200 });
    return traceId();
  }, to, all);
  await to.flush();
  expect(taken.map((t) => [t.path, t.headers["x-team"], t.headers["api-key"], t.headers["content-type"]])).toEqual([["/v1/traces", "ml ops", "k=1", "application/json"]]);
  const [query, request] = spans() as [Sent, Sent];
  expect(seen).toBe("a".repeat(32));
  expect([request.traceId, request.parentSpanId, request.kind]).toEqual(["a".repeat(32), "b".repeat(16), 2]);
  expect([query.traceId, query.parentSpanId, query.kind]).toEqual([request.traceId, request.spanId, 3]);
  expect(request.attributes).toEqual([{ key: "http.route", value: { stringValue: "/x" } }, { key: "http.response.status_code", value: { intValue: "200" } }]);
  expect(BigInt(request.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(request.startTimeUnixNano));
  expect(Math.abs(Number(BigInt(request.startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
  expect(taken[0]!.body.resourceSpans[0]!.resource.attributes).toContainEqual({ key: "service.name", value: { stringValue: "slipway-web" } });
});

it("a failure is told by its kind, never in its words, and is thrown on", async () => {
  await expect(traced({ name: "reconcile", kind: "internal" }, () => Promise.reject(new TypeError("password=hunter2")), to, all)).rejects.toThrow("hunter2");
  await to.flush();
  expect(spans()[0]!.status).toEqual({ code: 2, message: "TypeError" });
  expect(JSON.stringify(taken)).not.toContain("hunter2");
});

it("a share of traces is kept, each whole; without a collector nothing is, and the work is done all the same", async () => {
  for (let i = 0; i < 400; i++) await traced({ name: "outer", kind: "internal" }, () => traced({ name: "inner", kind: "internal" }, async () => undefined, to, () => 0.25), to, () => 0.25);
  await to.flush();
  const by = Map.groupBy(spans(), (s) => s.traceId);
  expect(by.size).toBeGreaterThan(40);
  expect(by.size).toBeLessThan(200);
  for (const trace of by.values()) expect(trace.map((s) => s.name)).toEqual(["inner", "outer"]);
  expect(await traced({ name: "x", kind: "internal" }, async () => traceId(), null)).toBeNull();
});

it("a collector that refuses or is away holds nothing up", async () => {
  status = 503;
  expect(await traced({ name: "x", kind: "internal" }, async () => 1, to, all)).toBe(1);
  await to.flush();
  const away = new Exporter({ url: "http://127.0.0.1:1", headers: {} }, { process: "web", version: "0", host: "h", pid: 1 });
  expect(await traced({ name: "x", kind: "internal" }, async () => 2, away, all)).toBe(2);
  await away.flush();
  expect(taken).toHaveLength(1);
});

it.each([["", null], [`00-${"0".repeat(32)}-${"b".repeat(16)}-01`, null], [`01-${"a".repeat(32)}-${"b".repeat(16)}-01`, null], ["00-xyz", null]])("a traceparent of %j is no parent", (header, expected) => {
  expect(parseTraceparent(header)).toBe(expected);
});
