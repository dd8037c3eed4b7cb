import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proofCount, proofTimeIsUp, reportProof } from "@/e2e/report-proof";
import { api, send, world } from "./world";

// Requests drawn from the OpenAPI document as it is served: mostly well-formed, then bent. CI draws a sample by the commit's seed,
// `npm run prove -- --only requests` the full count.
const REQUESTS = proofCount("PROVE_REQUESTS", 1000);
const SEED = Number(process.env.PROVE_SEED ?? 20261127);
/** Requests a token may make in a minute are limited, so the load goes over several. */
const PER_TOKEN = 4000;
const PARALLEL = 8;
/** Drawn at once: drawing keeps this process busy, and for as long as it does no connection of its own is looked after. */
const BATCH = 200;

type Schema = { type?: string | string[]; enum?: unknown[]; const?: unknown; properties?: Record<string, Schema>; required?: string[]; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; $ref?: string; minimum?: number; maximum?: number; additionalProperties?: Schema | boolean; propertyNames?: Schema; pattern?: string; format?: string; minLength?: number; maxLength?: number };
type Operation = { operationId: string; parameters?: { name: string; in: "path" | "query"; schema: Schema }[]; requestBody?: { content: Record<string, { schema: Schema }> } };
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

const NASTY = ["", " ", "\u0000", "a\u0000b", "\ud800", "\uffff", "'; DROP TABLE \"User\"; --", "%00", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "9".repeat(400), "é".repeat(300), "null", "undefined", "NaN", "-0", "1e309", "__proto__", "constructor", "\u202e", "𝒳", "a".repeat(5000)];
const KNOWN = ["harbour", "island", "vad", "dev", "local", "local-small", "API_KEY", "mia", "1", "silero.onnx", "deployer", "viewer", "read", "write", "1h", "7d", "running"];
const anything = fc.oneof(fc.constantFrom<unknown>(...NASTY, ...KNOWN, null, true, -1, 0, 2 ** 31, 2 ** 53, 1e308, 0.1), fc.string({ unit: "binary", maxLength: 40 }), fc.integer(), fc.double({ noNaN: true }), fc.jsonValue({ maxDepth: 3 }));

function arbitrary(schema: Schema, document: Document, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) return arbitrary(document.components.schemas[schema.$ref.split("/").at(-1)!]!, document, depth + 1);
  const fitting = fits(schema, document, depth);
  return depth > 6 ? fc.constant(null) : fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: anything });
}

function fits(schema: Schema, document: Document, depth: number): fc.Arbitrary<unknown> {
  const inner = (s: Schema) => arbitrary(s, document, depth + 1);
  const any = schema.anyOf ?? schema.oneOf ?? (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : null);
  if (any) return fc.oneof(...any.map(inner));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "integer": return fc.oneof(fc.integer({ min: Math.max(schema.minimum ?? -100, -1e9), max: Math.min(schema.maximum ?? 1000, 1e9) }), fc.constantFrom(schema.minimum ?? 0, (schema.maximum ?? 10) + 1, -1));
    case "number": return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean": return fc.boolean();
    case "null": return fc.constant(null);
    case "array": return fc.array(inner(schema.items ?? {}), { maxLength: 4 });
    case "object": {
      if (schema.properties) return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([k, s]) => [k, inner(s)])), { requiredKeys: schema.required ?? [] });
      return fc.dictionary(fc.oneof(fc.constantFrom(...KNOWN, "FOO"), fc.string({ maxLength: 20 })), typeof schema.additionalProperties === "object" ? inner(schema.additionalProperties) : anything, { maxKeys: 4 });
    }
    case "string": return fc.oneof(fc.constantFrom(...KNOWN), fc.constantFrom(...NASTY), fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), fc.uuid(), fc.string({ unit: "binary", maxLength: 30 }), fc.emailAddress(), fc.webUrl());
    default: return anything;
  }
}

type Drawn = { method: string; path: string; body: string | undefined; headers: Record<string, string> };
/** What would end the world that the other files stand on, or go on for ever. It is drawn, and sent to names that are not there. */
const DESTROYS = /^(DELETE|PATCH|PUT|POST) .*(\/harbour|\/island|\/mia|\/tokens|\/me|\/users|\/targets|\/profiles|\/setup|\/password)/;

function request(document: Document): fc.Arbitrary<Drawn> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).filter(([m]) => /^(get|post|put|patch|delete)$/.test(m)).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  // Made once for each operation: making them takes far longer than drawing from them.
  const requests = operations.map(({ path, method, operation }) => {
    const named = (operation.parameters ?? []).filter((p) => p.in === "path");
    const queries = (operation.parameters ?? []).filter((p) => p.in === "query");
    const json = operation.requestBody?.content["application/json"];
    const cursor = fc.array(fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.constantFrom("\u0000", "2020-01-01T00:00:00.000Z", "00000000-0000-7000-8000-000000000000", 1e300)), { minLength: 1, maxLength: 3 }).map((v) => Buffer.from(JSON.stringify(v)).toString("base64url"));
    return fc.record({
      params: fc.tuple(...named.map((p) => (p.name === "project" && method === "GET" ? fc.constant("harbour") : fc.oneof(arbitrary(p.schema, document), fc.constantFrom(...KNOWN))))),
      query: fc.tuple(...queries.map((q) => fc.option(fc.oneof({ weight: 3, arbitrary: arbitrary(q.schema, document) }, { weight: q.name === "cursor" ? 6 : 0, arbitrary: cursor }), { nil: undefined }))),
      body: json ? fc.oneof({ weight: 12, arbitrary: arbitrary(json.schema, document).map((v) => JSON.stringify(v)) }, { weight: 1, arbitrary: fc.constantFrom("", "{", "[]", "null", '{"a":1,"a":2}', '{"__proto__":{"admin":true}}', "[".repeat(2000), '"\\u0000"', "\ufeff{}") }) : fc.constant(method === "GET" || method === "DELETE" ? undefined : "{}"),
      headers: fc.record({ "if-match": fc.constantFrom('"v1"', "*", '"', "W/\"x\"", "\"\""), "idempotency-key": fc.stringMatching(/^[!-~]{1,30}$/), "last-event-id": fc.constantFrom("0", "-1", "x"), accept: fc.constantFrom("*/*", "text/html", "application/xml"), "content-digest": fc.constantFrom("sha-256=:AAAA:", "x") }, { requiredKeys: [] }),
    }).map(({ params, query, body, headers }) => {
      let at = 0;
      const filled = path.replace(/\{\w+\}/g, () => encode(params[at++]));
      const search = queries.flatMap((q, i) => (query[i] === undefined ? [] : [`${q.name}=${encode(query[i])}`])).join("&");
      return { method, path: search ? `${filled}?${search}` : filled, body, headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) } };
    });
  });
  return fc.nat({ max: requests.length - 1 }).chain((i) => requests[i]!);
}

/** Requests one after another, drawn in batches: all of them at once would take many minutes, after which every connection kept open was closed by the server. */
function* drawn(document: Document): Generator<Drawn> {
  const one = request(document);
  for (let left = REQUESTS, batch = 0; left > 0; left -= BATCH, batch++) yield* fc.sample(one, { numRuns: Math.min(BATCH, left), seed: SEED + batch });
}

function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return encodeURIComponent(text.toWellFormed()).slice(0, 3000);
}

async function tokenFor(): Promise<string> {
  const made = await api<{ token: string }>("POST", "/api/v1/tokens", { name: `fuzz-${Math.random().toString(36).slice(2)}`, scopes: ["read", "write", "predict", "admin"] }, { cookie: world().ownerCookie });
  return made.json.token;
}

describe("requests drawn from the OpenAPI document", () => {
  it(`no answer of ${REQUESTS} is a fault of ours, and every refusal is a problem document`, { timeout: 3_600_000 }, async () => {
    const document = JSON.parse((await send("/api/v1/openapi.json")).text) as Document;
    const queue = drawn(document);
    const began = Date.now();
    const bad: string[] = [];
    const seen = new Map<number, number>();
    let token = await tokenFor();
    let next = 0;
    const one = async (d: Drawn) => {
      if (/\/events\?|follow=true/.test(d.path) || /\/predict$/.test(d.path)) return; // a stream's answer has no end; predictions have a suite of their own
      const path = DESTROYS.test(`${d.method} ${d.path}`) ? d.path.replace(/(harbour|island|mia)/, "elsewhere") : d.path;
      const headers = Object.fromEntries(Object.entries(d.headers).filter(([, v]) => /^[\x20-\x7e]*$/.test(v)));
      const answer = await send(path, { method: d.method, token, headers, body: d.body });
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      const type = answer.headers["content-type"] ?? "";
      const about = `${d.method} ${path.slice(0, 300)} ${(d.body ?? "").slice(0, 300)} -> ${answer.status} ${type} ${answer.text.slice(0, 200)}`;
      if (answer.status === 429) bad.push(`limited: ${about}`);
      else if (answer.status >= 500 && !(answer.status === 502 || answer.status === 507)) bad.push(about);
      else if (answer.status >= 400) {
        if (!type.startsWith("application/problem+json")) bad.push(about);
        else {
          const problem = JSON.parse(answer.text) as Record<string, unknown>;
          if (problem.status !== answer.status || typeof problem.code !== "string" || typeof problem.detail !== "string" || typeof problem.title !== "string") bad.push(about);
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, async () => {
      while (bad.length < 25 && !proofTimeIsUp(began)) {
        const { value, done } = queue.next();
        if (done) return;
        if (next++ % PER_TOKEN === PER_TOKEN - 1) token = await tokenFor();
        await one(value);
      }
    }));
    console.log(`fuzz: ${next} requests, seed ${SEED}, by status ${JSON.stringify(Object.fromEntries([...seen].sort((a, b) => a[0] - b[0])))}`);
    expect(bad).toEqual([]);
    expect((seen.get(200) ?? 0) + (seen.get(201) ?? 0), "some must get through, or nothing was tried").toBeGreaterThan(next / 50);
    expect((await send("/readyz")).status).toBe(200);
    reportProof(`${next} requests, seed ${SEED}`);
  });

  it("an address that is not there, a method that is not offered and a path that cannot be read are problem documents too", async () => {
    const cases: [string, string, number][] = [["GET", "/api/v1/nothing-here", 404], ["GET", "/api/v2/projects", 404], ["DELETE", "/api/v1/projects", 405], ["PUT", "/api/v1/openapi.json", 405], ["GET", "/api/v1/projects/%zz", 400], ["GET", "/api/v1/projects/%ff", 400], ["TRACE", "/api/v1/projects", 405], ["PATCH", "/api/auth/sign-out", 405], ["POST", "/healthz", 405]];
    for (const [method, path, status] of cases) {
      const answer = await send(path, { method, token: world().token });
      expect([answer.status, answer.headers["content-type"]], `${method} ${path} ${answer.text.slice(0, 100)}`).toEqual([status, "application/problem+json"]);
    }
  });
});
