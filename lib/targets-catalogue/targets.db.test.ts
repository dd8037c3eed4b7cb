import { randomBytes } from "node:crypto";
import https from "node:https";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { createDeploymentSchema } from "@/lib/deployments/schema";
import { updateEnvironment } from "@/lib/environments/update-environment";
import { listProfiles } from "@/lib/profiles/list-profiles";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { resealAll } from "@/lib/secrets/rotate-key";
import { keyId, open, seal } from "@/lib/secrets/seal";
import { signingKey, signingKeyPlace } from "@/lib/edge-tokens/signing-keys";
import { instanceKey } from "@/lib/secrets/instance-key";
import { checkTarget } from "@/lib/targets-catalogue/check-target";
import { createTarget } from "@/lib/targets-catalogue/create-target";
import { deleteTarget } from "@/lib/targets-catalogue/delete-target";
import { getTarget } from "@/lib/targets-catalogue/get-target";
import { createTargetSchema, updateTargetSchema } from "@/lib/targets-catalogue/schema";
import { updateTarget } from "@/lib/targets-catalogue/update-target";
import { credentialsPlace, openCredentials } from "@/lib/targets/kubernetes/connection";

// What answers here is no cluster, only enough of one to be connected to: the cluster suite holds the same code against a real one.
const CANARY = `canary-${randomBytes(12).toString("hex")}`;
let database: TestDatabase;
let server: https.Server;
let folder: string;
let kubeconfig: string;
const seen: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-targets-"));
  Object.assign(process.env, { DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.migrationUrl, SLIPWAY_DATA_DIR: folder });
  const [key, cert] = [path.join(folder, "k.pem"), path.join(folder, "c.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
  server = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (request, response) => {
    seen.push(request.headers.authorization ?? "");
    const good = request.headers.authorization === `Bearer ${CANARY}`;
    response.writeHead(good ? (request.url === "/version" ? 200 : 404) : 401, { "content-type": "application/json" }).end(good && request.url === "/version" ? JSON.stringify({ gitVersion: "v1.36.3" }) : "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  kubeconfig = JSON.stringify({
    clusters: [{ name: "c", cluster: { server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, "certificate-authority-data": fs.readFileSync(cert).toString("base64") } }],
    users: [{ name: "u", user: { token: CANARY } }], contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await db().$disconnect();
  await pool().end();
  await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const input = (name: string, o: object = {}) => createTargetSchema.parse({ name, connection: { type: "kubeconfig", kubeconfig, context: "x" }, ...o });

describe("connecting a cluster", () => {
  it("tries the connection, keeps the credentials sealed, and tells them nowhere", async () => {
    const { target, etag } = await createTarget(tester, input("one"));
    expect(target).toMatchObject({ slug: "one", kind: "kubernetes", provider: "kubernetes", region: null, deployments: 0, connection: { type: "kubeconfig", credential: "token", context: "x" } });
    expect([etag, seen.at(-1)]).toEqual(["v1", `Bearer ${CANARY}`]);
    const row = await db().target.findUniqueOrThrow({ where: { slug: "one" } });
    expect(openCredentials("one", row.credentials!)).toEqual({ kind: "token", token: CANARY });
    expect(() => openCredentials("two", row.credentials!)).toThrow(/cannot be opened/);
    const everything = JSON.stringify([target, await db().auditEntry.findMany({}), row.config], (_k, v: unknown) => (typeof v === "bigint" ? String(v) : v));
    expect(everything).not.toContain(CANARY);
    expect(Buffer.from(row.credentials!).toString("utf8")).not.toContain(CANARY);
    expect(await db().auditEntry.count({ where: { action: "target.create", subjectId: "one" } })).toBe(1);
  });
  it("writes nothing where the credentials are refused, the address may not be connected to, or nothing answers", async () => {
    const wrong = (from: string, to: string) => input("bad", { connection: { type: "kubeconfig", kubeconfig: kubeconfig.replaceAll(from, to), context: "x" } });
    await expect(createTarget(tester, wrong(CANARY, "other"))).rejects.toMatchObject({ code: "unprocessable", message: expect.stringMatching(/does not accept the credentials/) });
    await expect(createTarget(tester, wrong(`127.0.0.1:${(server.address() as AddressInfo).port}`, "169.254.169.254"))).rejects.toMatchObject({ message: expect.stringMatching(/169\.254\.169\.254 cannot be an API server/) });
    await expect(createTarget(tester, wrong(`:${(server.address() as AddressInfo).port}`, ":24999"))).rejects.toMatchObject({ message: expect.stringMatching(/refuses the connection/) });
    await expect(createTarget(tester, wrong("127.0.0.1", "nowhere.invalid"))).rejects.toMatchObject({ message: expect.stringMatching(/cannot be resolved/) });
    expect(await db().target.count({ where: { slug: "bad" } })).toBe(0);
  });
  it("is for whoever may manage targets, and shows others neither address nor settings", async () => {
    const viewer = { ...tester, instanceRole: null };
    await expect(createTarget(viewer, input("mine"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteTarget(viewer, "one")).rejects.toMatchObject({ code: "forbidden" });
    expect((await getTarget(viewer, "one")).target).toMatchObject({ connection: null, settings: null, detected: null });
  });
  it("gives its profiles: shares of any node without a price, and AWS's once a region is set", async () => {
    const offered = async () => (await listProfiles({ limit: 500, target: "one" })).items;
    expect((await offered()).map((p) => [p.targetKind, p.price])).toEqual(Array.from({ length: 5 }, () => ["kubernetes", null]));
    await updateTarget(tester, "one", "v1", updateTargetSchema.parse({ settings: { region: "eu-central-1" } }));
    const aws = (await offered()).filter((p) => p.targetKind === "aws");
    expect(aws.length).toBeGreaterThan(50);
    // An account's quotas count whole instances, of which pods get a little less.
    for (const p of aws) expect(p.vcpus! * 1000, p.slug).toBeGreaterThan(p.cpuMillicores);
    expect(new Set(aws.map((p) => p.region))).toEqual(new Set(["eu-central-1"]));
    await expect(updateTarget(tester, "one", "v1", updateTargetSchema.parse({ displayName: "x" }))).rejects.toMatchObject({ code: "precondition_failed" });
    await updateTarget(tester, "one", "v2", updateTargetSchema.parse({ settings: { region: null } }));
    expect((await offered()).some((p) => p.targetKind === "aws")).toBe(false);
  });
  it("keeps what a check finds, and that nobody answers is a finding", async () => {
    const findings = await checkTarget("one");
    expect(findings.find((f) => f.id === "reachable")).toMatchObject({ status: "ok" });
    // What this half of a cluster does not tell is unknown, never "not there".
    expect(findings.find((f) => f.id === "permissions")).toMatchObject({ status: "unknown" });
    expect((await getTarget(tester, "one")).target.check).toMatchObject({ reachable: true });
  });
});

describe("deployments on it", () => {
  it("take its profiles and no others; it cannot be disconnected under them; an environment may name it", async () => {
    const { projectId } = await makeWorld();
    const body = (o: object) => createDeploymentSchema.parse({ name: "iris", model: "iris", version: 1, target: "one", profile: "cluster-small", scaling: { min: 1, max: 1 }, ...o });
    await expect(createDeployment(tester, projectId, body({ profile: "local-small" }))).rejects.toMatchObject({ message: expect.stringMatching(/profile of this machine/) });
    await updateEnvironment(tester, projectId, "dev", null, { target: "local" });
    await expect(createDeployment(tester, projectId, body({}))).rejects.toMatchObject({ code: "unprocessable", message: expect.stringMatching(/Deployments of dev go to/) });
    await updateEnvironment(tester, projectId, "dev", null, { target: "one" });
    await createDeployment(tester, projectId, body({}));
    await expect(deleteTarget(tester, "one")).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/iris/) });
    await expect(updateTarget(tester, "one", null, updateTargetSchema.parse({ settings: { namespacePrefix: "other" } }))).rejects.toMatchObject({ code: "conflict" });
    await db().deployment.deleteMany({ where: { projectId } });
    await deleteTarget(tester, "one");
    expect((await db().environment.findFirstOrThrow({ where: { projectId, slug: "dev" } })).targetId).toBeNull();
    await expect(deleteTarget(tester, "local")).rejects.toMatchObject({ code: "unprocessable" });
  });
});

/** Columns of any table in which a text stands, as it is or in bytes. */
async function rowsThatHold(text: string): Promise<string[]> {
  const columns = await db().$queryRaw<{ t: string; c: string; bytes: boolean }[]>`SELECT table_name AS t, column_name AS c, data_type = 'bytea' AS bytes FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('bytea', 'text')`;
  const found = await Promise.all(columns.map(async ({ t, c, bytes }) => {
    const { rows } = await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM "${t}" WHERE position($1 in ${bytes ? `encode("${c}", 'escape')` : `"${c}"`}) > 0`, [text]);
    return rows[0]!.n > 0 ? [`${t}.${c}`] : [];
  }));
  return found.flat();
}

describe("a rotation of the encryption key", () => {
  it("seals secrets and credentials anew, opens nothing with the old key afterwards, and repeats without a change", async () => {
    await createTarget(tester, input("two"));
    const { projectId } = await makeWorld();
    await db().secret.create({ data: { projectId, name: "A", ciphertext: new Uint8Array(Buffer.from(seal("value", `secret:${projectId}:A`))) } });
    const sealed = (place: string) => new Uint8Array(Buffer.from(seal("value", place), "utf8"));
    const { id: targetId } = await db().target.findUniqueOrThrow({ where: { slug: "two" } });
    await db().targetMetricsSource.create({ data: { targetId, kind: "prometheus", config: {}, credentials: sealed("metrics-source:two") } });
    await db().targetGrafana.create({ data: { targetId, config: {}, credentials: sealed("grafana:two") } });
    const { kid } = await signingKey();
    await db().signingKey.create({ data: { id: "lost", publicJwk: {}, privateKey: seal("value", "signing-key:lost", randomBytes(32)) } });
    const next = randomBytes(32);
    const before = await db().secret.findFirstOrThrow({ where: { name: "A" } });
    expect(await resealAll(systemActor("admin"), [next, instanceKey()])).toEqual({ secrets: 1, targets: 1 });
    const [secret, target] = [await db().secret.findFirstOrThrow({ where: { name: "A" } }), await db().target.findUniqueOrThrow({ where: { slug: "two" } })];
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
    expect(open(text(secret.ciphertext), `secret:${projectId}:A`, [next])).toBe("value");
    expect(JSON.parse(open(text(target.credentials!), credentialsPlace("two"), [next]))).toMatchObject({ token: CANARY });
    expect(() => open(text(secret.ciphertext), `secret:${projectId}:A`, [instanceKey()])).toThrow(/another encryption key/);
    expect(open((await db().signingKey.findUniqueOrThrow({ where: { id: kid } })).privateKey, signingKeyPlace(kid), [next])).toMatch(/PRIVATE KEY/);
    // Wherever something sealed is kept, in a table of today or of tomorrow: none of it needs the old key.
    expect(await rowsThatHold(`.${keyId(instanceKey())}.`)).toEqual([]);
    expect((await rowsThatHold(`.${keyId(next)}.`)).sort()).toEqual(["Secret.ciphertext", "SigningKey.privateKey", "Target.credentials", "TargetGrafana.credentials", "TargetMetricsSource.credentials"]);
    expect(secret.updatedAt).toEqual(before.updatedAt);
    expect(await resealAll(systemActor("admin"), [next])).toEqual({ secrets: 0, targets: 0 });
    // One that no key opens stops the whole: nothing is half rotated.
    await expect(resealAll(systemActor("admin"), [randomBytes(32)])).rejects.toThrow(/another encryption key/);
    expect((await db().secret.findFirstOrThrow({ where: { name: "A" } })).ciphertext).toEqual(secret.ciphertext);
  });
});
