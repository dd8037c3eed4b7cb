import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { apiRoutes, builtRoutes, fill } from "./routes";
import { address, api, send, world } from "./world";

/** The forms in which a value may turn up. */
function forms(value: string): string[] {
  const raw = Buffer.from(value);
  // Base64 of a value inside a longer text begins at one of three offsets.
  const inner = [0, 1, 2].map((skip) => Buffer.concat([Buffer.alloc(skip), raw]).toString("base64").slice(skip === 0 ? 0 : skip + 1, -4));
  return [...new Set([value, encodeURIComponent(value), raw.toString("base64url"), raw.toString("hex"), ...inner])].filter((f) => f.length >= 12);
}

const found = (text: string) => Object.entries(world().canaries).filter(([slot]) => slot !== "a person's password").flatMap(([slot, value]) => forms(value).filter((f) => text.includes(f)).map(() => slot));

describe("CVE-2021-23135 and secrets in answers, errors and logs", () => {
  it("the search finds a secret in each of its forms", () => {
    const [slot, value] = Object.entries(world().canaries)[0]!;
    for (const text of [`x${value}y`, Buffer.from(`x${value}yy`).toString("base64"), Buffer.from(value).toString("hex"), encodeURIComponent(value)]) expect(found(text), text).toContain(slot);
  });

  it("no answer of any route, page, error, live event or metric holds one", { timeout: 300_000 }, async () => {
    const w = world();
    const seen: [string, string][] = [];
    const note = (name: string, answer: { text: string; headers: object; status: number }) => seen.push([`${name} ${answer.status}`, answer.text + JSON.stringify(answer.headers)]);
    for (const caller of [{ token: w.token }, { cookie: w.ownerCookie }, { cookie: w.deployerCookie }, {}]) {
      for (const route of apiRoutes().filter((r) => r.method === "GET" && !r.path.endsWith("/events") )) note(`GET ${route.path}`, await send(route.path, caller));
      for (const route of apiRoutes().filter((r) => r.method !== "GET" && r.method !== "DELETE")) note(`${route.method} ${route.path}`, await send(route.path, { ...caller, method: route.method, headers: { origin: w.base, "content-type": "application/json", "if-match": '"v0"' }, body: '{"wrong":true}' }));
      for (const page of builtRoutes(w.buildDir).pages) note(page, await send(fill(page), caller));
    }
    // Faults on purpose: an identity provider that is not there, a mail server that refuses, a digest that is wrong.
    note("sso", await send("/api/auth/sign-in/social", { method: "POST", headers: { origin: w.base, "content-type": "application/json" }, body: "{}" }));
    note("import", await api("POST", "/api/v1/projects/harbour/models/vad/versions", { import: { huggingFace: { repo: "nobody/nothing", tokenSecret: "HUB_TOKEN" } } }));
    note("replica", await send("/serve/harbour/vad/v2/models/vad", { base: w.gateway, token: w.token }));
    note("replica's error", await send("/serve/harbour/vad/v2/models/vad/infer", { base: w.gateway, token: w.token, method: "POST", body: "{" }));
    const stream = await fetch(`${w.base}/api/v1/events?topic=deployments&topic=project:harbour`, { headers: { authorization: `Bearer ${w.token}`, "x-forwarded-for": address() } });
    const reader = stream.body!.getReader();
    await api("PUT", "/api/v1/projects/harbour/secrets/API_KEY", { value: w.canaries["a project's secret"] });
    await api("PATCH", "/api/v1/projects/harbour/models/vad", { description: w.marker });
    note("events", { status: stream.status, headers: {}, text: Buffer.from((await reader.read()).value ?? []).toString("utf8") });
    await reader.cancel();
    expect(seen.length).toBeGreaterThan(300);
    expect(seen.flatMap(([name, text]) => found(text).map((slot) => `${name}: ${slot}`))).toEqual([]);
  });

  it("nor does the log of any process, or the audit log, or any other table but the encrypted ones", async () => {
    const w = world();
    expect(found(fs.readFileSync(w.logFile, "utf8"))).toEqual([]);
    const server = path.join(w.dataDir, "postgres/server.log");
    if (fs.existsSync(server)) expect(found(fs.readFileSync(server, "utf8"))).toEqual([]);
    const client = new pg.Client(w.appUrl);
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ t: string }>(`SELECT oid::regclass::text AS t FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'SELECT')`);
      expect(tables.length).toBeGreaterThan(15);
      for (const { t } of tables) {
        const { rows } = await client.query<{ row: string }>(`SELECT x::text AS row FROM ${t} x`);
        expect(rows.flatMap((r) => found(r.row)), t).toEqual([]);
      }
    } finally {
      await client.end();
    }
  });

  it("no string of the database opens anything: replayed as a token or a cookie each is refused", { timeout: 300_000 }, async () => {
    const client = new pg.Client(world().appUrl);
    await client.connect();
    try {
      const { rows } = await client.query<{ v: string }>(`SELECT token AS v FROM "Session" UNION SELECT id FROM "Session" UNION SELECT encode("tokenHash", 'hex') FROM "ApiToken" UNION SELECT encode("tokenHash", 'base64') FROM "ApiToken" UNION SELECT prefix FROM "ApiToken" UNION SELECT password FROM "Account" WHERE password IS NOT NULL UNION SELECT encode("tokenHash", 'hex') FROM "OneTimeLink"`);
      expect(rows.length).toBeGreaterThan(6);
      const name = world().ownerCookie.split("=")[0]!;
      for (const { v } of rows) {
        expect((await send("/api/v1/me", { token: v.replace(/\s/g, "") })).status).toBe(401);
        expect((await send("/api/v1/me", { cookie: `${name}=${encodeURIComponent(v)}` })).status).toBe(401);
      }
    } finally {
      await client.end();
    }
  });
});
