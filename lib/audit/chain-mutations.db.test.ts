import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Client } from "pg";
import { proofCount, reportProof } from "@/e2e/report-proof";
import { useTestDatabase } from "@/e2e/use-test-database";
import { auditHash } from "@/lib/audit/hash";
import { verifyChain } from "@/lib/audit/verify-chain";
import { writeAudit } from "@/lib/audit/write-audit";
import { systemActor } from "@/lib/auth/actor";
import { createDb, db, type Db, type Tx } from "@/lib/db/client";

const length = proofCount("PROVE_AUDIT_ROWS", 16);
const CHAIN_LOCK = 727100;
let forger: Db;
let head: string;
const database = useTestDatabase();
beforeAll(async () => {
  forger = createDb(database().adminUrl, 2);
  for (let n = 1; n <= length; n++) {
    await db().$transaction((tx) => writeAudit(tx, systemActor(`actor-${n % 3}`), { action: "thing.change", subject: { kind: "thing", id: `t${n}` }, projectId: n % 2 ? null : "01900000-0000-7000-8000-000000000000", detail: { n } }));
  }
  const verdict = await verifyChain(db());
  if (!verdict.ok) throw new Error(verdict.reason);
  head = verdict.head;
});
afterAll(async () => {
  await forger.$disconnect();
});

class Undo extends Error {}
/** As a superuser who can write anything: forges, has the chain verified, and takes it back. Found: broken, or another head than the one noted. */
async function found(forge: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  let result = false;
  await forger.$transaction(async (tx) => {
    await forge(tx);
    const verdict = await verifyChain(tx, 7);
    result = !verdict.ok || verdict.head !== head;
    throw new Undo();
  }, { timeout: 60_000 }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return result;
}

const EDITS: Record<string, string> = {
  at: `at = at + interval '1 millisecond'`, actorKind: `"actorKind" = 'user'`, actorId: `"actorId" = 'somebody else'`, actorLabel: `"actorLabel" = 'Somebody Else'`, action: `action = 'thing.read'`,
  subjectKind: `"subjectKind" = 'other'`, subjectId: `"subjectId" = 'other'`, projectId: `"projectId" = '01900000-0000-7000-8000-000000000001'`, requestId: `"requestId" = 'r'`, detail: `detail = '{"n": 0}'`,
  prevHash: `"prevHash" = repeat('1', 64)`, hash: `hash = repeat('1', 64)`, seq: `seq = seq + 1000000`,
};

it(`every edit of every field, every removal and every exchange in a chain of ${length} rows is found`, async () => {
  let mutations = 0;
  const must = async (what: string, forge: (tx: Tx) => Promise<unknown>) => {
    mutations++;
    expect(await found(forge), what).toBe(true);
  };
  for (let seq = 1; seq <= length; seq++) {
    for (const [field, set] of Object.entries(EDITS)) await must(`${field} of row ${seq}`, (tx) => tx.$executeRawUnsafe(`UPDATE "AuditEntry" SET ${set} WHERE seq = ${seq}`));
    await must(`row ${seq} edited, and its own hash made to fit`, async (tx) => {
      const row = await tx.auditEntry.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
      const detail = { n: -1 };
      await tx.auditEntry.update({ where: { seq: row.seq }, data: { detail, hash: auditHash(row.prevHash, { ...row, detail }) } });
    });
    await must(`row ${seq} removed`, (tx) => tx.$executeRawUnsafe(`DELETE FROM "AuditEntry" WHERE seq = ${seq}`));
    await must(`row ${seq} removed, and the ones behind it moved up`, async (tx) => {
      await tx.$executeRawUnsafe(`DELETE FROM "AuditEntry" WHERE seq = ${seq}`);
      await tx.$executeRawUnsafe(`UPDATE "AuditEntry" SET seq = -seq WHERE seq > ${seq}`);
      await tx.$executeRawUnsafe(`UPDATE "AuditEntry" SET seq = -seq - 1 WHERE seq < 0`);
    });
    await must(`a row put in behind row ${seq}`, (tx) => tx.$executeRawUnsafe(
      `INSERT INTO "AuditEntry" SELECT ${length} + 1, at, "actorKind", "actorId", "actorLabel", action, "subjectKind", "subjectId", "projectId", "requestId", detail, hash, hash FROM "AuditEntry" WHERE seq = ${seq}`));
    for (let other = seq + 1; other <= length; other++) {
      await must(`rows ${seq} and ${other} exchanged`, async (tx) => {
        for (const [from, to] of [[seq, 0], [other, seq], [0, other]]) await tx.$executeRawUnsafe(`UPDATE "AuditEntry" SET seq = ${to} WHERE seq = ${from}`);
      });
    }
  }
  expect(await found(async () => undefined)).toBe(false);
  reportProof(`${mutations} mutations over all ${length} positions, all found`);
}, 600_000);

it.each(["UPDATE \"AuditEntry\" SET action = 'x'", 'DELETE FROM "AuditEntry"', 'TRUNCATE "AuditEntry"', 'ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL', 'DROP TABLE "AuditEntry"'])("the role that runs may not: %s", async (statement) => {
  const client = new Client({ connectionString: database().appUrl });
  await client.connect();
  await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
  await client.end();
  expect(await verifyChain(db())).toMatchObject({ ok: true, head });
});

it("a process killed between a change and its audit row leaves neither; repeated, it leaves both", async () => {
  const holder = new Client({ connectionString: database().adminUrl });
  await holder.connect();
  const counts = async (name: string) => [await db().project.count({ where: { slug: name } }), await db().auditEntry.count({ where: { action: "project.create", subjectId: name } })];
  const change = (name: string) => spawn(process.execPath, ["--import", "tsx", "lib/audit/__fixtures__/change-once.ts", name], { stdio: "inherit", env: { ...process.env, DATABASE_URL: database().appUrl } });
  for (let n = 0; n < 3; n++) {
    // The chain's lock is what a change waits for once it is made and before its audit row.
    await holder.query("SELECT pg_advisory_lock($1)", [CHAIN_LOCK]);
    const killed = change(`killed-${n}`);
    const over = new Promise((resolve) => killed.once("exit", resolve));
    await vi.waitFor(async () => expect((await holder.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")).rowCount).toBe(1), { timeout: 60_000 });
    killed.kill("SIGKILL");
    await over;
    await holder.query("SELECT pg_advisory_unlock($1)", [CHAIN_LOCK]);
    await vi.waitFor(async () => expect((await holder.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_advisory_xact_lock%' AND pid <> pg_backend_pid()")).rowCount).toBe(0), { timeout: 60_000 });
    expect(await counts(`killed-${n}`)).toEqual([0, 0]);
    await new Promise((resolve) => change(`killed-${n}`).once("exit", resolve));
    expect(await counts(`killed-${n}`)).toEqual([1, 1]);
  }
  await holder.end();
  expect(await verifyChain(db())).toMatchObject({ ok: true });
}, 240_000);
