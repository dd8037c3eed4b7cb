import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import type { AnyEndpoint } from "@/lib/api/endpoint";

const BOOTSTRAP = "bootstrap-token-of-this-test-0123456789";
const PASSWORD = "correct horse battery";
const ORIGIN = "http://127.0.0.1:3000";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-accounts-"));
let database: TestDatabase;
let endpoints: AnyEndpoint[];
let serve: typeof import("@/lib/api/serve-endpoint").serve;
let serveAuth: typeof import("@/lib/auth/serve-auth").serveAuth;
let db: typeof import("@/lib/db/client").db;
let setupLink: string;

beforeAll(async () => {
  database = await createTestDatabase();
  // Set before the modules that read the environment are loaded.
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, SLIPWAY_DATA_DIR: folder, SLIPWAY_BOOTSTRAP_TOKEN: BOOTSTRAP, LOG_LEVEL: "fatal" });
  const modules = await Promise.all([
    import("@/lib/api/endpoints/setup"), import("@/lib/api/endpoints/me"), import("@/lib/api/endpoints/users"), import("@/lib/api/endpoints/tokens"), import("@/lib/api/endpoints/audit"),
    import("@/lib/api/endpoints/projects"), import("@/lib/api/endpoints/environments"), import("@/lib/api/endpoints/secrets"),
  ]);
  endpoints = modules.flatMap((m) => Object.values<AnyEndpoint>(m));
  ({ serve } = await import("@/lib/api/serve-endpoint"));
  ({ serveAuth } = await import("@/lib/auth/serve-auth"));
  ({ db } = await import("@/lib/db/client"));
  await (await import("@/lib/auth/ensure-bootstrap-token")).ensureBootstrapToken();
  setupLink = (await (await import("@/lib/auth/links/ensure-setup-link")).ensureSetupLink())!;
});
afterAll(async () => {
  await db().$disconnect();
  await (await import("@/lib/db/pool")).pool().end();
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

type Call = { as?: string; cookie?: string; body?: unknown; headers?: Record<string, string>; params?: Record<string, string>; query?: string };
/** Calls an endpoint by its operation id, through the wrapper that the routes use. */
async function call(id: string, o: Call = {}): Promise<{ status: number; headers: Headers; json: never; text: string }> {
  const e = endpoints.find((candidate) => candidate.id === id)!;
  const headers = new Headers({ ...(o.as ? { authorization: `Bearer ${o.as}` } : {}), ...(o.cookie ? { cookie: o.cookie, origin: ORIGIN } : {}), ...(o.body ? { "content-type": "application/json" } : {}), ...o.headers });
  const url = ORIGIN + Object.entries(o.params ?? {}).reduce((p, [k, v]) => p.replace(`{${k}}`, encodeURIComponent(v)), e.path) + (o.query ?? "");
  const answer = await serve(e)[e.method](new Request(url, { method: e.method, headers, body: o.body ? JSON.stringify(o.body) : undefined }), { params: Promise.resolve(o.params ?? {}) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: (text ? JSON.parse(text) : null) as never };
}
const post = (name: string, body: object, headers: Record<string, string> = {}) =>
  serveAuth(new Request(`${ORIGIN}/api/auth/${name}`, { method: "POST", headers: { origin: ORIGIN, "content-type": "application/json", ...headers }, body: JSON.stringify(body) }));
async function signIn(email: string, password = PASSWORD, headers = {}): Promise<string> {
  const answer = await post("sign-in/email", { email, password }, headers);
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]!.split(";")[0]!;
}
const tokenOf = (link: string) => link.split("#token=")[1]!;

describe("set-up", () => {
  it("makes exactly one owner when twenty callers use the link at once, and the link's file is ours alone", async () => {
    expect(fs.statSync(path.join(folder, "run", "setup-link")).mode & 0o777).toBe(0o600);
    const { createFirstOwner } = await import("@/lib/users/create-first-owner");
    const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => createFirstOwner(null, { token: tokenOf(setupLink), name: "Ada", email: `ada${i}@example.com`, password: PASSWORD })));
    expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
    await db().user.updateMany({ data: { email: "ada@example.com" } });
    expect((await call("getSetup")).json).toEqual({ open: false });
  });
});

describe("sessions", () => {
  it("get a new id at sign-in, and the replaced one ends", async () => {
    const first = await signIn("ada@example.com");
    const second = await signIn("ada@example.com", PASSWORD, { cookie: first });
    expect(second).not.toBe(first);
    expect((await call("getMe", { cookie: first })).status).toBe(401);
    expect((await call("getMe", { cookie: second })).status).toBe(200);
  });

  it("cannot be taken over with what the database holds: no string of it works as cookie or bearer", async () => {
    await signIn("ada@example.com");
    const { rows } = await (await import("@/lib/db/pool")).pool().query<{ t: string }>(`SELECT token AS t FROM "Session" UNION SELECT id FROM "Session" UNION SELECT encode("tokenHash", 'hex') FROM "ApiToken" UNION SELECT encode("tokenHash", 'base64') FROM "ApiToken" UNION SELECT password FROM "Account"`);
    expect(rows.length).toBeGreaterThan(4);
    for (const { t } of rows) {
      expect((await call("getMe", { cookie: `slipway.session_token=${encodeURIComponent(t)}` })).status).toBe(401);
      expect((await call("getMe", { as: t })).status).toBe(401);
    }
  });

  it("end on the server at sign-out, and when idle or too old", async () => {
    const cookie = await signIn("ada@example.com");
    expect((await post("sign-out", {}, { cookie })).status).toBe(200);
    expect((await call("getMe", { cookie })).status).toBe(401);
    for (const data of [{ updatedAt: new Date(Date.now() - 8 * 86_400_000) }, { createdAt: new Date(Date.now() - 31 * 86_400_000) }]) {
      const other = await signIn("ada@example.com");
      await db().session.updateMany({ data });
      expect((await call("getMe", { cookie: other })).status).toBe(401);
    }
  });
});

describe("better-auth", () => {
  it("is reached by the listed calls only, and no answer repeats the session's token", async () => {
    for (const name of ["sign-up/email", "change-email", "delete-user", "update-user", "set-password", "request-password-reset", "link-social", "get-session", "../auth/sign-up/email", "sign-in/email/"]) {
      expect((await post(name, { userId: "x", email: "e@example.com", password: PASSWORD, name: "E" })).status, name).toBe(404);
    }
    const answer = await post("sign-in/email", { email: "ada@example.com", password: PASSWORD });
    const token = (await db().session.findFirstOrThrow({ orderBy: { createdAt: "desc" } })).token;
    expect(await answer.text()).not.toContain(token);
  });

  it("refuses to sign in for another site", async () => {
    const foreign: Record<string, string>[] = [{ origin: "null" }, { origin: "https://evil.example" }, { origin: "", "sec-fetch-site": "cross-site" }];
    for (const headers of foreign) {
      expect((await post("sign-in/email", { email: "ada@example.com", password: PASSWORD }, headers)).status).toBe(403);
    }
  });

  it("answers 429 with Retry-After from the eleventh attempt on an account in a minute, whatever X-Forwarded-For says", async () => {
    const codes: number[] = [];
    for (let i = 0; i < 12; i++) {
      const answer = await post("sign-in/email", { email: "nobody@example.com", password: "wrong wrong wrong" }, { "x-forwarded-for": `10.0.0.${i}` });
      codes.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(codes).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });
});

describe("rights", () => {
  it("an invitation works once, gives its role, and the last owner cannot be demoted", async () => {
    await call("createProject", { as: BOOTSTRAP, body: { name: "alpha" } });
    await call("createProject", { as: BOOTSTRAP, body: { name: "beta" } });
    const invited = await call("createInvitation", { as: BOOTSTRAP, body: { email: "Bob@example.com", project: "alpha", role: "deployer" } });
    expect(invited.status).toBe(201);
    const body = { token: tokenOf((invited.json as { url: string }).url), name: "Bob", password: PASSWORD };
    const both = await Promise.all([call("acceptInvitation", { body }), call("acceptInvitation", { body })]);
    expect(both.map((b) => b.status).sort()).toEqual([201, 410]);
    const cookie = await signIn("bob@example.com");
    expect((await call("listSecrets", { cookie, params: { project: "alpha" } })).status).toBe(200);
    const foreign = await call("listSecrets", { cookie, params: { project: "beta" } });
    const unknown = await call("listSecrets", { cookie, params: { project: "gamma" } });
    expect(foreign.status).toBe(404);
    expect(foreign.text.replace(/"requestId":"[^"]*"/, "")).toBe(unknown.text.replace(/"requestId":"[^"]*"/, ""));
    const ada = await db().user.findUniqueOrThrow({ where: { email: "ada@example.com" } });
    expect((await call("updateUser", { as: BOOTSTRAP, params: { user: ada.id }, body: { instanceRole: null } })).status).toBe(409);
    expect((await call("updateUser", { as: BOOTSTRAP, params: { user: ada.id }, body: { disabled: true } })).status).toBe(409);
    expect((await call("updateUser", { cookie, params: { user: ada.id }, body: { instanceRole: null } })).status).toBe(403);
  });

  it("a token never exceeds its maker, is refused at once after revocation, and only its hash is kept", async () => {
    const cookie = await signIn("bob@example.com");
    const made = await call("createToken", { cookie, body: { name: "ci", scopes: ["read", "write"] } });
    expect(made.status).toBe(201);
    const { token, id } = made.json as { token: string; id: string };
    expect((await call("createToken", { as: token, body: { name: "x", scopes: ["read"] } })).status).toBe(403);
    expect((await call("createToken", { cookie, body: { name: "x", scopes: ["read"], expiresAt: null } })).status).toBe(400);
    expect((await call("listTokens", { as: token, query: "?all=true" })).status).toBe(403);
    expect((await call("listTokens", { cookie })).text).not.toContain(token);
    expect((await call("revokeToken", { cookie, params: { token: id } })).status).toBe(204);
    expect((await call("getMe", { as: token })).status).toBe(401);
  });
});

describe("writes", () => {
  it("a secret's value is in no answer and not in the audit log, and the worker gets it back", async () => {
    const canary = "canary-9f8e7d6c5b4a";
    const params = { project: "alpha", name: "API_KEY" };
    const answers = [await call("putSecret", { as: BOOTSTRAP, params, body: { value: canary } }), await call("putSecret", { as: BOOTSTRAP, params, body: { value: canary } }), await call("listSecrets", { as: BOOTSTRAP, params: { project: "alpha" } }), await call("listAudit", { as: BOOTSTRAP })];
    expect(answers.map((a) => a.status)).toEqual([201, 200, 200, 200]);
    for (const a of answers) for (const form of [canary, Buffer.from(canary).toString("base64")]) expect(a.text).not.toContain(form);
    const project = await db().project.findUniqueOrThrow({ where: { slug: "alpha" } });
    const { resolveSecrets } = await import("@/lib/secrets/resolve-secrets");
    expect((await resolveSecrets(project.id, ["API_KEY"])).get("API_KEY")).toBe(canary);
    await expect(resolveSecrets(project.id, ["MISSING"])).rejects.toThrow(/MISSING/);
  });

  it("of twenty edits of one version exactly one is accepted, the others are 412", async () => {
    const params = { project: "alpha", environment: "dev" };
    const etag = (await call("getEnvironment", { as: BOOTSTRAP, params })).headers.get("etag")!;
    const edits = await Promise.all(Array.from({ length: 20 }, (_, i) => call("updateEnvironment", { as: BOOTSTRAP, params, headers: { "if-match": etag }, body: { displayName: `Edit ${i}` } })));
    expect(edits.map((e) => e.status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
  });

  it("fifty parallel posts with one Idempotency-Key have one effect", async () => {
    const headers = { "idempotency-key": "k-1" };
    const all = await Promise.all(Array.from({ length: 50 }, () => call("createEnvironment", { as: BOOTSTRAP, params: { project: "alpha" }, headers, body: { name: "staging" } })));
    expect(all.map((a) => a.status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(all.some((a) => a.status === 201)).toBe(true);
    expect(await db().environment.count({ where: { slug: "staging" } })).toBe(1);
    expect((await call("createEnvironment", { as: BOOTSTRAP, params: { project: "alpha" }, headers, body: { name: "prod" } })).status).toBe(422);
  });

  it("the audit chain verifies, and shows every row that is edited, at every position", async () => {
    const { verifyChain } = await import("@/lib/audit/verify-chain");
    const rows = await db().auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(rows.length).toBeGreaterThan(15);
    expect(await verifyChain(db())).toMatchObject({ ok: true, rows: rows.length });
    const over = (kept: typeof rows) => verifyChain({ auditEntry: { findMany: async ({ where, take }: { where: { seq: { gt: bigint } }; take: number }) => kept.filter((r) => r.seq > where.seq.gt).slice(0, take) } } as never);
    for (let i = 0; i < rows.length; i++) {
      const broken = [
        rows.map((r, at) => (at === i ? { ...r, actorLabel: `${r.actorLabel}x` } : r)),
        rows.map((r, at) => (at === i ? { ...r, detail: { forged: true } } : r)),
        ...(i < rows.length - 1 ? [rows.filter((_, at) => at !== i), rows.map((r, at) => (at === i ? { ...rows[i + 1]!, seq: r.seq } : at === i + 1 ? { ...rows[i]!, seq: r.seq } : r))] : []),
      ];
      for (const kept of broken) expect((await over(kept)).ok, `position ${i}`).toBe(false);
    }
  });
});
