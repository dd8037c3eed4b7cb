import fs from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { atOnce } from "@/e2e/at-once";
import { reportProof } from "@/e2e/report-proof";
import { DATABASE, databaseUrl, loadPasswords, loadPort, SUPERUSER } from "@/lib/db/embedded/settings";
import { exampleRequest, Instance } from "./instance";
import { dump, everyString, fingerprint, restore, treeDigests, withDatabase } from "./whole-dump";

const P = "/api/v1/projects/harbour";
const INFER = "/serve/harbour/iris/v2/models/iris/infer";
let first: Instance;
let second: Instance;
let token: string;
let answer: unknown;
beforeAll(async () => {
  first = await Instance.start();
  second = await Instance.prepare();
  await first.must("POST", "/api/v1/projects", { name: "harbour" }, { "idempotency-key": "make-harbour" });
  await first.must("PUT", `${P}/secrets/HF_TOKEN`, { value: "hf_a-secret-of-the-project" });
  await first.must("POST", `${P}/samples`, { name: "iris" });
  await first.must("POST", `${P}/deployments`, { name: "iris", model: "iris", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
  await first.must("POST", "/api/v1/invitations", { email: "anna@example.com", instanceRole: "platform" });
  token = (await first.must<{ token: string }>("POST", "/api/v1/tokens", { name: "program", scopes: ["read", "predict"] })).token;
  await first.until("GET", `${P}/deployments/iris`, (a) => a.json.phase === "Ready");
  const request = exampleRequest(await first.must("GET", "/serve/harbour/iris/v2/models/iris"));
  answer = (await first.must<{ outputs: unknown }>("POST", INFER, request)).outputs;
});
afterAll(async () => {
  await first?.dispose();
  await second?.dispose();
});

it("no string of a dump of the database opens a door", async () => {
  const strings = [...await withRunningDatabase(first)].filter((s) => s.length >= 8 && s.length <= 512 && /^[\x21-\x7e]+$/.test(s));
  expect(strings.length).toBeGreaterThan(200);
  const me = (headers: Record<string, string>) => fetch(`${first.base}/api/v1/me`, { headers }).then((r) => r.status);
  expect(await me({ authorization: `Bearer ${token}` })).toBe(200);
  expect(strings).not.toContain(token);
  await atOnce(strings, async (text) => expect(await me({ authorization: `Bearer ${text}` }), text).toBe(401));
  const served = await Promise.all(strings.slice(0, 50).map((text) => fetch(first.gateway + INFER, { method: "POST", headers: { authorization: `Bearer ${text}` }, body: "{}" }).then((r) => r.status)));
  expect(new Set(served)).toEqual(new Set([401]));
  reportProof(`${strings.length} strings of a dump as bearer tokens, all 401`);
}, 600_000);

it("a copy of the database, the artifacts and the key makes the same Slipway on an empty machine", async () => {
  expect(await first.stop()).toEqual([]);
  const folder = path.join(first.dir, "backup");
  fs.mkdirSync(folder);
  fs.chmodSync(first.dir, 0o711); // PostgreSQL may run under another account
  fs.chmodSync(folder, 0o777);
  const before = await withDatabase(first.dataDir, async (client) => {
    await dump(client, folder);
    return fingerprint(client);
  });
  const files = treeDigests(path.join(first.dataDir, "artifacts"));
  expect(Object.keys(files).length).toBeGreaterThan(0);

  const began = Date.now();
  fs.mkdirSync(second.dataDir, { mode: 0o700 });
  for (const part of ["artifacts", "secrets"]) fs.cpSync(path.join(first.dataDir, part), path.join(second.dataDir, part), { recursive: true });
  const after = await withDatabase(second.dataDir, async (client) => {
    await restore(client, folder);
    return fingerprint(client);
  }, true);
  delete before["public._prisma_migrations"];
  delete after["public._prisma_migrations"];
  expect(after).toEqual(before);
  expect(treeDigests(path.join(second.dataDir, "artifacts"))).toEqual(files);
  await second.up();
  await second.until("GET", `${P}/deployments/iris`, (a) => a.json.phase === "Ready");
  const seconds = (Date.now() - began) / 1000;
  const bearer = { authorization: `Bearer ${token}` };
  const request = exampleRequest(await second.must("GET", "/serve/harbour/iris/v2/models/iris", undefined, bearer));
  expect((await second.must<{ outputs: unknown }>("POST", INFER, request, bearer)).outputs).toEqual(answer);
  expect(await second.must("GET", "/api/v1/audit/verify")).toMatchObject({ intact: true });
  const rows = Object.values(after).reduce((sum, t) => sum + t.rows, 0);
  reportProof(`${Object.keys(after).length} tables with ${rows} rows and ${Object.keys(files).length} artifact files equal; it served again ${seconds.toFixed(0)} s after the restore began`);
}, 600_000);

/** The server of a running instance, read as superuser. */
async function withRunningDatabase(instance: Instance): Promise<Set<string>> {
  const home = path.join(instance.dataDir, "postgres");
  const client = new Client({ connectionString: databaseUrl(SUPERUSER, loadPasswords(home).admin, loadPort(home)!, DATABASE) });
  await client.connect();
  try {
    return await everyString(client);
  } finally {
    await client.end();
  }
}
