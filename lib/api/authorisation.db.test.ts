import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyEndpoint } from "@/lib/api/endpoint";
import { ENDPOINTS } from "@/lib/api/registry";
import { serve } from "@/lib/api/serve-endpoint";
import { PERMISSIONS, type Permission } from "@/lib/auth/permissions";
import { hashToken, newToken, tokenPrefix } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import type { InstanceRole, ProjectRole } from "@/lib/db/generated/enums";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";

// The matrix: every endpoint × everyone who might call it × own, foreign and unknown project. What is expected comes from the
// role table; what is seen, from the real wrapper on a real database.

type Caller = { name: string; token: string | null; instanceRole: InstanceRole | null; role: ProjectRole | null; scopes: string[]; bound: "own" | "other" | null };

const ALL = ["read", "write", "predict", "admin"];
const callers: Caller[] = [
  { name: "nobody", token: null, instanceRole: null, role: null, scopes: [], bound: null },
  { name: "owner", token: "", instanceRole: "owner", role: null, scopes: ALL, bound: null },
  { name: "platform person", token: "", instanceRole: "platform", role: null, scopes: ALL, bound: null },
  { name: "deployer", token: "", instanceRole: null, role: "deployer", scopes: ALL, bound: null },
  { name: "viewer", token: "", instanceRole: null, role: "viewer", scopes: ALL, bound: null },
  { name: "stranger", token: "", instanceRole: null, role: null, scopes: ALL, bound: null },
  { name: "deployer with a read token", token: "", instanceRole: null, role: "deployer", scopes: ["read"], bound: null },
  { name: "owner with a predict token", token: "", instanceRole: "owner", role: null, scopes: ["predict"], bound: null },
  { name: "owner with a token for the other project", token: "", instanceRole: "owner", role: null, scopes: ALL, bound: "other" },
];

let database: TestDatabase;
const OWN = "own-project";
const OTHER = "other-project";

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.appUrl;
  process.env.DATABASE_MIGRATION_URL = database.migrationUrl;
  const target = await db().target.create({ data: { slug: "nowhere", name: "Nowhere", kind: "none" } });
  const own = await occupiedProject(OWN, target.id);
  const other = await occupiedProject(OTHER, target.id);
  for (const caller of callers.filter((c) => c.token !== null)) {
    caller.token = newToken();
    const id = randomUUID();
    await db().user.create({
      data: {
        id, name: caller.name, email: `${id}@example.com`, instanceRole: caller.instanceRole,
        memberships: caller.role ? { create: { projectId: own.id, role: caller.role } } : undefined,
        tokens: { create: { name: "t", tokenHash: new Uint8Array(hashToken(caller.token)), prefix: tokenPrefix(caller.token), scopes: caller.scopes, projectId: caller.bound === "other" ? other.id : caller.bound === "own" ? own.id : null } },
      },
    });
  }
});
afterAll(async () => {
  await db().$disconnect();
  await database?.drop();
});

/** A project with a deployment, so that an allowed DELETE of it is refused rather than carried out. */
async function occupiedProject(slug: string, targetId: string) {
  const project = await db().project.create({
    data: { slug, name: slug, quotaBytes: 1000n, environments: { create: { slug: "dev", name: "Development" } }, models: { create: { slug: "occupant", name: "occupant" } } },
    include: { environments: true, models: true },
  });
  await db().deployment.create({
    data: {
      projectId: project.id, environmentId: project.environments[0]!.id, modelId: project.models[0]!.id, targetId, slug: "occupant", minReplicas: 1, maxReplicas: 1,
      desiredRevision: 1, lastRevision: 1, createdById: "test", createdBy: "test",
    },
  });
  return project;
}

async function call(e: AnyEndpoint, caller: Caller, project: string): Promise<{ status: number; body: string; code: string | undefined; detail: string | undefined }> {
  // Names that exist nowhere, and a body that no schema takes: a call that gets past the checks stops there and changes nothing.
  const params = Object.fromEntries([...e.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, name === "project" ? project : name === "version" || name === "revision" ? "999" : /id$/i.test(name!) ? randomUUID() : "absent"]));
  const url = e.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name]!);
  const controller = new AbortController();
  const request = new Request(`http://127.0.0.1:3000${url}${e.id === "streamEvents" ? "?topic=deployments" : ""}`, {
    method: e.method, signal: controller.signal,
    headers: { ...(caller.token ? { authorization: `Bearer ${caller.token}` } : {}), ...(e.method === "GET" ? {} : { "content-type": "application/json" }), "if-match": '"v0"' },
    body: e.method === "GET" ? undefined : '{"unexpected":{"on":"purpose"}}',
  });
  const response = await serve(e)[e.method](request, { params: Promise.resolve(params) });
  if (e.id === "streamEvents") {
    controller.abort();
    return { status: response.status, body: "", code: undefined, detail: undefined };
  }
  const body = await response.text();
  const parsed = body.startsWith("{") ? (JSON.parse(body) as { code?: string; detail?: string }) : {};
  return { status: response.status, body: body.replace(/"requestId":"[^"]*"/, ""), code: parsed.code, detail: parsed.detail };
}

const sees = (c: Caller, where: "own" | "other") => (c.bound === null || c.bound === where) && (c.instanceRole !== null || (where === "own" && c.role !== null));

function may(c: Caller, permission: Permission, where: "own" | "other" | null): boolean {
  const rule = PERMISSIONS[permission] as { project: readonly string[]; instance: readonly string[]; scope: string };
  if (!c.scopes.includes(rule.scope) || (c.bound !== null && c.bound !== where)) return false;
  return (c.instanceRole !== null && rule.instance.includes(c.instanceRole)) || (where === "own" && c.role !== null && rule.project.includes(c.role));
}

describe.each(ENDPOINTS.map((e) => [`${e.method} ${e.path}`, e] as const))("%s", (_name, e) => {
  it.each(callers.map((c) => [c.name, c] as const))("answers %s by the role table", async (_who, caller) => {
    const policy = e.policy;
    for (const where of policy.kind === "project" ? (["own", "other"] as const) : ([null] as const)) {
      const answer = await call(e, caller, where === "other" ? OTHER : OWN);
      expect(answer.status, answer.body).toBeLessThan(500);
      if (policy.kind === "public") expect([401, 403]).not.toContain(answer.code === "unauthenticated" ? 401 : 200);
      else if (policy.kind === "pod") expect(answer.status).toBe(401);
      else if (caller.token === null) expect(answer.status).toBe(401);
      else if (policy.kind === "session") expect(answer.status).toBe(403);
      else if (policy.kind === "signed-in" && !policy.anyScope && !caller.scopes.includes("read")) expect(`${answer.status} ${answer.detail ?? e.id}`).toMatch(/^403 (.*lacks the scope "read"|streamEvents$)/);
      else if (policy.kind === "instance" && !may(caller, policy.permission, null)) expect(answer.status).toBe(403);
      else if (policy.kind === "project" && where !== null) {
        if (!sees(caller, where)) {
          expect(answer.status).toBe(404);
          expect(answer.body).toBe((await call(e, caller, "no-such-project")).body);
        } else if (!may(caller, policy.permission, where)) expect(answer.status).toBe(403);
        else expect(`${answer.status} ${answer.detail ?? ""}`).not.toMatch(/^401|^403|no such project/);
      } else expect(answer.status).not.toBe(401);
    }
  });
});
