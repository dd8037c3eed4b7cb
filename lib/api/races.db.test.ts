import { beforeAll, expect, it } from "vitest";
import { proofCount, proofTimeIsUp, reportProof } from "@/e2e/report-proof";
import { useTestDatabase } from "@/e2e/use-test-database";
import { createModelEndpoint, updateModelEndpoint } from "@/lib/api/endpoints/models";
import { serve } from "@/lib/api/serve-endpoint";
import { SCOPES } from "@/lib/auth/actor";
import { hashToken, newToken, tokenPrefix } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";

const races = proofCount("PROVE_RACES", 40);
/** Every so many races are of full width; the others, which are most, of a few requests. */
const FULL_EVERY = 20;
/** A token makes so many requests and is replaced, so that the request limit does not decide a race. */
const PER_TOKEN = 2_000;

let token = "";
let made = 0;
useTestDatabase();
beforeAll(async () => {
  await db().project.create({ data: { slug: "races", name: "Races", quotaBytes: 1000n } });
});

const { POST } = serve(createModelEndpoint);
const { PATCH } = serve(updateModelEndpoint);
const BASE = "http://127.0.0.1:3000/api/v1/projects/races/models";

async function signedIn(requests: number): Promise<void> {
  if (token && made + requests <= PER_TOKEN) return void (made += requests);
  token = newToken();
  made = requests;
  await db().apiToken.create({ data: { name: "t", tokenHash: new Uint8Array(hashToken(token)), prefix: tokenPrefix(token), instanceRole: "owner", scopes: [...SCOPES] } });
}

const post = (body: object, key: string) => POST(new Request(BASE, {
  method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key }, body: JSON.stringify(body),
}), { params: Promise.resolve({ project: "races" }) });

const patch = (model: string, ifMatch: string, description: string) => PATCH(new Request(`${BASE}/${model}`, {
  method: "PATCH", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "if-match": ifMatch }, body: JSON.stringify({ description }),
}), { params: Promise.resolve({ project: "races", model }) });

/** One key, many at once: one model, one audit row; who is too early is told so and gets the first answer later. */
async function oneKey(n: number, width: number): Promise<void> {
  await signedIn(width + 2);
  const name = `m${n}`;
  const answers = await Promise.all(Array.from({ length: width }, () => post({ name }, `key-${n}`)));
  const bodies = await Promise.all(answers.map((a) => a.text()));
  const done = answers.flatMap((a, i) => (a.status === 201 ? [bodies[i]] : []));
  expect(answers.map((a) => a.status).filter((s) => s !== 201 && s !== 409)).toEqual([]);
  expect(done.length).toBeGreaterThan(0);
  expect(new Set(done).size).toBe(1);
  expect(answers.filter((a) => a.status === 201 && !a.headers.get("idempotent-replayed"))).toHaveLength(1);
  const late = await post({ name }, `key-${n}`);
  expect([late.status, await late.text(), late.headers.get("idempotent-replayed")]).toEqual([201, done[0], "true"]);
  expect((await post({ name, description: "other" }, `key-${n}`)).status).toBe(422);
  expect(await db().auditEntry.count({ where: { action: "model.create", subjectId: name } })).toBe(1);
}

/** Many writers who read, then write with what they read: as many accepted as the version has moved, and nobody's text lost unseen. */
async function manyWriters(n: number, width: number): Promise<void> {
  await signedIn(width * 4 + 1);
  const name = `w${n}`;
  await post({ name }, `made-${n}`);
  const accepted = (await Promise.all(Array.from({ length: width }, async (_, writer) => {
    let won = 0;
    for (let turn = 0; turn < 3; turn++) {
      const { rowVersion } = await db().model.findFirstOrThrow({ where: { slug: name }, select: { rowVersion: true } });
      const answer = await patch(name, `"v${rowVersion}"`, `${writer}.${turn}`);
      expect([200, 412]).toContain(answer.status);
      if (answer.status === 200) won++;
    }
    return won;
  }))).reduce((a, b) => a + b, 0);
  const row = await db().model.findFirstOrThrow({ where: { slug: name } });
  expect(row.rowVersion).toBe(1 + accepted);
  expect(await db().auditEntry.count({ where: { action: "model.update", subjectId: name } })).toBe(accepted);
  expect((await patch(name, `"v${row.rowVersion - 1}"`, "stale")).status).toBe(412);
}

it(`${races} races of Idempotency-Key and If-Match have one effect each, and lose no update`, async () => {
  let requests = 0;
  let full = 0;
  let n = 0;
  const began = Date.now();
  for (; n < races && !proofTimeIsUp(began); n++) {
    const wide = n % FULL_EVERY < 2;
    if (wide) full++;
    const width = n % 2 === 0 ? (wide ? 50 : 2 + (n % 5)) : wide ? 20 : 2 + (n % 4);
    await (n % 2 === 0 ? oneKey : manyWriters)(n, width);
    requests += n % 2 === 0 ? width : width * 3;
  }
  reportProof(`${n} races, ${full} of them with 50 (one key) or 20 (If-Match) at once, ${requests} racing requests`);
}, 14_400_000);
