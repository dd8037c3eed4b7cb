import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import type { AnyEndpoint } from "@/lib/api/endpoint";

const BOOTSTRAP = "bootstrap-token-of-this-test-9876543210";
const PASSWORD = "correct horse battery";
const ORIGIN = "http://127.0.0.1:3000";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-changes-"));
let database: TestDatabase;
let endpoints: AnyEndpoint[];
let serve: typeof import("@/lib/api/serve-endpoint").serve;
let serveAuth: typeof import("@/lib/auth/serve-auth").serveAuth;
let db: typeof import("@/lib/db/client").db;

beforeAll(async () => {
  database = await createTestDatabase();
  // Set before the modules that read the environment are loaded.
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, SLIPWAY_DATA_DIR: folder, SLIPWAY_BOOTSTRAP_TOKEN: BOOTSTRAP, LOG_LEVEL: "fatal" });
  const modules = await Promise.all([
    import("@/lib/api/endpoints/setup"), import("@/lib/api/endpoints/me"), import("@/lib/api/endpoints/users"), import("@/lib/api/endpoints/tokens"),
    import("@/lib/api/endpoints/members"), import("@/lib/api/endpoints/projects"), import("@/lib/api/endpoints/secrets"), import("@/lib/api/endpoints/audit"),
  ]);
  endpoints = modules.flatMap((m) => Object.values<AnyEndpoint>(m));
  ({ serve } = await import("@/lib/api/serve-endpoint"));
  ({ serveAuth } = await import("@/lib/auth/serve-auth"));
  ({ db } = await import("@/lib/db/client"));
  await (await import("@/lib/auth/ensure-bootstrap-token")).ensureBootstrapToken();
  for (const name of ["alpha", "beta"]) expect((await call("createProject", { as: BOOTSTRAP, body: { name } })).status).toBe(201);
});
afterAll(async () => {
  await db().$disconnect();
  await (await import("@/lib/db/pool")).pool().end();
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

type Call = { as?: string; cookie?: string; body?: unknown; params?: Record<string, string> };
type Answer = { status: number; json: never; text: string };
/** Calls an endpoint by its operation id, through the wrapper that the routes use. */
async function call(id: string, o: Call = {}): Promise<Answer> {
  const e = endpoints.find((candidate) => candidate.id === id)!;
  const headers = new Headers({ ...(o.as ? { authorization: `Bearer ${o.as}` } : {}), ...(o.cookie ? { cookie: o.cookie, origin: ORIGIN } : {}), ...(o.body ? { "content-type": "application/json" } : {}) });
  const url = ORIGIN + Object.entries(o.params ?? {}).reduce((p, [k, v]) => p.replace(`{${k}}`, encodeURIComponent(v)), e.path);
  const answer = await serve(e)[e.method](new Request(url, { method: e.method, headers, body: o.body ? JSON.stringify(o.body) : undefined }), { params: Promise.resolve(o.params ?? {}) });
  const text = await answer.text();
  return { status: answer.status, text, json: (text ? JSON.parse(text) : null) as never };
}
async function trySignIn(email: string, password: string): Promise<Response> {
  return serveAuth(new Request(`${ORIGIN}/api/auth/sign-in/email`, { method: "POST", headers: { origin: ORIGIN, "content-type": "application/json" }, body: JSON.stringify({ email, password }) }));
}
async function signIn(email: string, password = PASSWORD): Promise<string> {
  const answer = await trySignIn(email, password);
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]!.split(";")[0]!;
}
/** A person with an account, made as the product makes one but without its link. */
async function person(name: string, role: { instanceRole: "owner" | "platform" | null } = { instanceRole: null }): Promise<{ id: string; email: string }> {
  const { createPerson } = await import("@/lib/users/create-person");
  const { hashPassword } = await import("@/lib/auth/passwords");
  const passwordHash = await hashPassword(PASSWORD);
  const made = await db().$transaction((tx) => createPerson(tx, { name, email: `${name}@example.com`, passwordHash, ...role }));
  return { id: made.id, email: made.email };
}
const tokenOf = (link: string) => link.split("#token=")[1]!;
const anonymised = (text: string) => text.replace(/"requestId":"[^"]*"/, "");
const actions = async (subjectId: string) => (await db().auditEntry.findMany({ where: { subjectId }, orderBy: { seq: "asc" } })).map((e) => e.action);

describe("members", () => {
  it("have their rights from the next request on, in their sessions and their tokens, and lose them as fast", async () => {
    const bob = await person("bob");
    const cookie = await signIn(bob.email);
    const alpha = { project: "alpha" };
    const unknown = await call("getProject", { cookie, params: { project: "gamma" } });
    expect(unknown.status).toBe(404);
    expect(anonymised((await call("getProject", { cookie, params: alpha })).text)).toBe(anonymised(unknown.text));

    expect((await call("putMember", { as: BOOTSTRAP, params: { ...alpha, user: "BOB@example.com" }, body: { role: "viewer" } })).json).toMatchObject({ user: bob.id, role: "viewer" });
    const { token } = (await call("createToken", { cookie, body: { name: "ci", scopes: ["read", "write"] } })).json as { token: string };
    const secret = { params: { ...alpha, name: "KEY" }, body: { value: "v" } };
    for (const who of [{ cookie }, { as: token }]) expect((await call("putSecret", { ...who, ...secret })).status).toBe(403);

    expect((await call("putMember", { as: BOOTSTRAP, params: { ...alpha, user: bob.id }, body: { role: "deployer" } })).status).toBe(200);
    for (const who of [{ cookie }, { as: token }]) expect((await call("putSecret", { ...who, ...secret })).status).toBeLessThan(300);

    expect((await call("removeMember", { as: BOOTSTRAP, params: { ...alpha, user: bob.id } })).status).toBe(204);
    for (const who of [{ cookie }, { as: token }]) expect(anonymised((await call("getProject", { ...who, params: alpha })).text)).toBe(anonymised(unknown.text));
    expect(await actions(bob.id)).toEqual(["member.add", "member.update", "member.remove"]);
  });

  it("are managed by platform people alone, and only people with an account can be one", async () => {
    const eve = await person("eve");
    await call("putMember", { as: BOOTSTRAP, params: { project: "alpha", user: eve.id }, body: { role: "deployer" } });
    const cookie = await signIn(eve.email);
    expect((await call("listMembers", { cookie, params: { project: "alpha" } })).status).toBe(200);
    expect((await call("putMember", { cookie, params: { project: "alpha", user: eve.id }, body: { role: "deployer" } })).status).toBe(403);
    expect((await call("removeMember", { cookie, params: { project: "alpha", user: eve.id } })).status).toBe(403);
    expect((await call("putMember", { cookie, params: { project: "beta", user: eve.id }, body: { role: "viewer" } })).status).toBe(404);
    expect((await call("putMember", { as: BOOTSTRAP, params: { project: "alpha", user: "nobody@example.com" }, body: { role: "viewer" } })).status).toBe(404);
    expect((await call("removeMember", { as: BOOTSTRAP, params: { project: "beta", user: eve.id } })).status).toBe(404);
    expect((await call("putMember", { as: BOOTSTRAP, params: { project: "alpha", user: eve.id }, body: { role: "owner" } })).status).toBe(400);
  });
});

describe("a password", () => {
  it("changes by the old one only; every other session ends and the one that changed it lives on", async () => {
    const ann = await person("ann");
    const [here, there] = [await signIn(ann.email), await signIn(ann.email)];
    const changed = "a longer, newer password";
    const wrong = await call("changePassword", { cookie: here, body: { currentPassword: "not this one at all", newPassword: changed } });
    expect(wrong.status).toBe(400);
    expect(wrong.json).toMatchObject({ errors: [{ path: "currentPassword" }] });
    expect((await call("changePassword", { cookie: here, body: { currentPassword: PASSWORD, newPassword: "short" } })).status).toBe(400);
    expect((await call("getMe", { cookie: there })).status).toBe(200);

    expect((await call("changePassword", { cookie: here, body: { currentPassword: PASSWORD, newPassword: changed } })).status).toBe(204);
    expect((await call("getMe", { cookie: there })).status).toBe(401);
    expect((await call("getMe", { cookie: here })).status).toBe(200);
    expect((await trySignIn(ann.email, PASSWORD)).status).toBe(401);
    expect((await trySignIn(ann.email, changed)).status).toBe(200);
  });

  it("of two changes at the same moment one counts, and a token changes none", async () => {
    const cat = await person("cat");
    const cookie = await signIn(cat.email);
    const both = await Promise.all(["first new password", "second new password"].map(async (newPassword) => ({ newPassword, status: (await call("changePassword", { cookie, body: { currentPassword: PASSWORD, newPassword } })).status })));
    const won = both.filter((b) => b.status === 204);
    expect(won).toHaveLength(1);
    const works = await Promise.all(both.map((b) => trySignIn(cat.email, b.newPassword)));
    expect(works.map((w) => w.status === 200)).toEqual(both.map((b) => b.status === 204));
    const { token } = (await call("createToken", { cookie, body: { name: "t", scopes: ["read", "write", "admin"] } })).json as { token: string };
    expect((await call("changePassword", { as: token, body: { currentPassword: won[0]!.newPassword, newPassword: "by a token alone" } })).status).toBe(403);
  });

  it("is reset by a link that works once, ends every session, and gives way to a newer link", async () => {
    const dan = await person("dan");
    const cookie = await signIn(dan.email);
    const make = async () => ((await call("createResetLink", { as: BOOTSTRAP, params: { user: dan.id } })).json as { url: string }).url;
    const older = await make();
    const link = await make();
    expect((await call("createResetLink", { cookie, params: { user: dan.id } })).status).toBe(403);
    expect((await call("resetPassword", { body: { token: tokenOf(older), password: "of the older link" } })).status).toBe(410);
    const body = { token: tokenOf(link), password: "chosen by the link" };
    const both = await Promise.all([call("resetPassword", { body }), call("resetPassword", { body })]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 410]);
    expect((await call("getMe", { cookie })).status).toBe(401);
    expect((await trySignIn(dan.email, body.password)).status).toBe(200);

    const late = await make();
    await db().oneTimeLink.updateMany({ where: { userId: dan.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await call("resetPassword", { body: { token: tokenOf(late), password: "a day too late" } })).status).toBe(410);
  });
});

describe("one's sessions", () => {
  it("are listed alone, with the current one marked, and end one by one or all others at once", async () => {
    const [fay, gus] = [await person("fay"), await person("gus")];
    const mine = [await signIn(fay.email), await signIn(fay.email), await signIn(fay.email)];
    const foreign = await signIn(gus.email);
    const list = async (cookie: string) => ((await call("listSessions", { cookie })).json as { items: { id: string; current: boolean }[] }).items;
    const seen = await list(mine[0]!);
    expect(seen).toHaveLength(3);
    expect(seen.filter((s) => s.current)).toHaveLength(1);
    const other = (await list(mine[1]!)).find((s) => s.current)!;
    const foreignId = (await list(foreign))[0]!.id;

    const refused = await call("revokeSession", { cookie: mine[0], params: { session: foreignId } });
    const unknown = await call("revokeSession", { cookie: mine[0], params: { session: "unknown" } });
    expect([refused.status, anonymised(refused.text)]).toEqual([404, anonymised(unknown.text)]);
    expect((await call("getMe", { cookie: foreign })).status).toBe(200);

    expect((await call("revokeSession", { cookie: mine[0], params: { session: other.id } })).status).toBe(204);
    const alive = async () => Promise.all(mine.map(async (cookie) => (await call("getMe", { cookie })).status));
    expect(await alive()).toEqual([200, 401, 200]);
    expect((await call("revokeOtherSessions", { cookie: mine[0] })).json).toEqual({ revoked: 1 });
    expect(await alive()).toEqual([200, 401, 401]);
    expect((await call("getMe", { cookie: foreign })).status).toBe(200);
  });
});

describe("a project", () => {
  it("is deleted with all that is its own, by a platform person, once it has no deployments; its audit rows stay", async () => {
    await call("createProject", { as: BOOTSTRAP, body: { name: "doomed" } });
    const hal = await person("hal");
    await call("putMember", { as: BOOTSTRAP, params: { project: "doomed", user: hal.id }, body: { role: "deployer" } });
    await call("putSecret", { as: BOOTSTRAP, params: { project: "doomed", name: "KEY" }, body: { value: "v" } });
    const cookie = await signIn(hal.email);
    const { token } = (await call("createToken", { cookie, body: { name: "t", scopes: ["read"], project: "doomed" } })).json as { token: string };
    const params = { project: "doomed" };
    expect((await call("deleteProject", { cookie, params })).status).toBe(403);

    const { id: projectId } = await db().project.findUniqueOrThrow({ where: { slug: "doomed" } });
    const [environment, model, target] = [
      await db().environment.findFirstOrThrow({ where: { projectId } }),
      await db().model.create({ data: { projectId, slug: "m", name: "m" } }),
      await db().target.create({ data: { slug: "somewhere", name: "Somewhere", kind: "local" } }),
    ];
    const deployment = await db().deployment.create({ data: { projectId, environmentId: environment.id, modelId: model.id, targetId: target.id, slug: "serving", minReplicas: 1, maxReplicas: 1, desiredRevision: 1, lastRevision: 1, createdById: hal.id, createdBy: "hal" } });
    const busy = await call("deleteProject", { as: BOOTSTRAP, params });
    expect(busy.status).toBe(409);
    expect(busy.text).toContain("serving");
    expect(await db().model.count({ where: { projectId } })).toBe(1);

    await db().deployment.delete({ where: { id: deployment.id } });
    const blob = await db().blob.create({ data: { id: randomUUID(), projectId, sha256: "1".repeat(64), sizeBytes: 1n } });
    await db().modelVersion.create({
      data: { modelId: model.id, number: 1, digest: "1".repeat(64), state: "accepted", format: "onnx", sizeBytes: 1n, createdById: hal.id, createdBy: "hal", inspection: {}, files: { create: { path: "m.onnx", sizeBytes: 1n, sha256: blob.sha256, blobId: blob.id } } },
    });
    expect((await call("deleteProject", { as: BOOTSTRAP, params })).status).toBe(204);
    expect(await Promise.all([db().model.count({ where: { projectId } }), db().secret.count({ where: { projectId } }), db().environment.count({ where: { projectId } }), db().projectMember.count({ where: { projectId } }), db().blob.count({ where: { projectId } }), db().modelVersion.count({ where: { modelId: model.id } })])).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await call("getProject", { cookie, params })).status).toBe(404);
    expect((await call("getMe", { as: token })).status).toBe(401);
    expect((await call("getProject", { as: BOOTSTRAP, params: { project: "alpha" } })).status).toBe(200);
    expect((await db().auditEntry.findMany({ where: { projectId } })).map((e) => e.action)).toEqual(expect.arrayContaining(["project.create", "secret.create", "project.delete"]));
  });
});

describe("an owner without a way in", () => {
  it("gets a link from the machine's shell, named where there are several, and is enabled again", async () => {
    const { resetOwner } = await import("@/lib/users/reset-owner");
    const { systemActor } = await import("@/lib/auth/actor");
    const shell = systemActor("admin");
    await expect(resetOwner(shell, null)).rejects.toThrow(/create-setup-link/);
    const [ida, joe] = [await person("ida", { instanceRole: "owner" }), await person("joe", { instanceRole: "owner" })];
    await expect(resetOwner(shell, null)).rejects.toThrow(/ida@example\.com, joe@example\.com/);
    await expect(resetOwner(shell, "bob@example.com")).rejects.toThrow(/is no owner/);
    await db().user.update({ where: { id: ida.id }, data: { disabledAt: new Date() } });
    const made = await resetOwner(shell, "Ida@example.com");
    expect(made).toMatchObject({ email: ida.email, enabled: true });
    expect((await call("resetPassword", { body: { token: tokenOf(made.url), password: "back in at last" } })).status).toBe(200);
    expect((await trySignIn(ida.email, "back in at last")).status).toBe(200);
    expect(await actions(ida.id)).toEqual(["user.reset-link", "user.password"]);
    expect((await db().user.findUniqueOrThrow({ where: { id: joe.id } })).disabledAt).toBeNull();
  });
});

// Last: it takes away the token that the tests above use.
describe("SLIPWAY_BOOTSTRAP_TOKEN", () => {
  it("another value replaces it and none removes it at the next boot; of many processes that boot one writes", async () => {
    const { ensureBootstrapToken, BOOTSTRAP_TOKEN_ID } = await import("@/lib/auth/ensure-bootstrap-token");
    const { env } = await import("@/lib/env");
    const boot = async (value: string | undefined) => {
      Object.assign(env(), { SLIPWAY_BOOTSTRAP_TOKEN: value });
      return (await Promise.all(Array.from({ length: 5 }, ensureBootstrapToken))).sort();
    };
    const same = Array<string>(4).fill("unchanged");
    const newer = "another-bootstrap-token-0123456789abcdef";
    expect(await boot(BOOTSTRAP)).toEqual([...same, "unchanged"]);
    expect(await boot(newer)).toEqual(["replaced", ...same]);
    expect((await call("getMe", { as: BOOTSTRAP })).status).toBe(401);
    expect((await call("getMe", { as: newer })).json).toMatchObject({ kind: "token", instanceRole: "owner", user: null });
    expect(await boot(undefined)).toEqual(["removed", ...same]);
    expect((await call("getMe", { as: newer })).status).toBe(401);
    expect(await boot(BOOTSTRAP)).toEqual(["created", ...same]);
    expect((await call("getMe", { as: BOOTSTRAP })).status).toBe(200);
    expect(await actions(BOOTSTRAP_TOKEN_ID)).toEqual(["token.bootstrap-created", "token.bootstrap-replaced", "token.bootstrap-removed", "token.bootstrap-created"]);
  });
});
