import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { blobPath } from "@/lib/artifacts/blob-path";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { keepPartitions, releaseUnreferenced, removeFilesWithoutRows, sweep } from "@/services/worker/sweep";

const DAY = 86_400_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-sweep-"));
const log = { info: () => undefined, warn: (o: unknown) => { throw new Error("a part of the sweep failed", { cause: o }); } };
const database = useTestDatabase({ SLIPWAY_DATA_DIR: folder });
afterAll(() => fs.rmSync(folder, { recursive: true }));

it("takes away what is past its time and leaves the rest", async () => {
  const now = new Date();
  const { projectId } = await makeWorld();
  const deploymentId = await deploy(projectId);
  const old = new Date(now.getTime() - 40 * DAY);
  await db().deploymentEvent.create({ data: { deploymentId, at: old, lastAt: old, type: "Normal", reason: "Old", message: "old" } });
  await db().idempotencyRecord.createMany({ data: [{ scope: "s", key: "past", requestHash: "h", state: "done", expiresAt: old }, { scope: "s", key: "now", requestHash: "h", state: "done", expiresAt: new Date(now.getTime() + DAY) }] });
  await sweep(now, log);
  expect((await db().deploymentEvent.findMany({ where: { deploymentId } })).map((e) => e.reason)).toEqual(["Created"]);
  expect((await db().idempotencyRecord.findMany()).map((r) => r.key)).toEqual(["now"]);
});

it("removes files that no row knows, once they are old enough, and keeps those of content and of finished uploads", async () => {
  const { projectId } = await makeWorld();
  const [orphan, content] = [randomUUID(), randomUUID()];
  await db().blob.create({ data: { id: content, projectId, sha256: "f".repeat(64), sizeBytes: 1n } });
  for (const id of [orphan, content]) {
    const file = blobPath(artifactStore().root, id);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "x");
  }
  expect(await removeFilesWithoutRows(new Date(Date.now() - DAY))).toBe(0);
  expect(await removeFilesWithoutRows(new Date(Date.now() + DAY))).toBe(1);
  expect([await artifactStore().stat(orphan), (await artifactStore().stat(content))?.sizeBytes]).toEqual([null, 1]);
});

it("keeps the file of an upload that becomes content while the sweep looks", async () => {
  const { projectId } = await makeWorld();
  const id = randomUUID();
  const file = blobPath(artifactStore().root, id);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "x");
  await db().upload.create({ data: { id, projectId, actorId: "a", sizeBytes: 1n, metadata: { filename: "model.onnx" }, createdAt: new Date() } });
  const client = new pg.Client({ connectionString: database().adminUrl });
  await client.connect();
  // The version's transaction: its rows change at once, while the sweep waits for the one table and may have read the other.
  await client.query('BEGIN; LOCK TABLE "Upload" IN ACCESS EXCLUSIVE MODE');
  const swept = removeFilesWithoutRows(new Date(Date.now() + DAY));
  const waiting = async () => (await client.query("SELECT 1 FROM pg_locks WHERE NOT granted")).rowCount;
  await expect.poll(waiting).toBe(1);
  await client.query(`DELETE FROM "Upload" WHERE id = '${id}'`);
  await client.query(`INSERT INTO "Blob" (id, "projectId", sha256, "sizeBytes") VALUES ('${id}', '${projectId}', '${"d".repeat(64)}', 1)`);
  await client.query("COMMIT");
  await client.end();
  await swept;
  expect((await artifactStore().stat(id))?.sizeBytes).toBe(1);
});

it("removes a partial upload that no row knows, once it is old enough, and keeps one that has a row", async () => {
  const { projectId } = await makeWorld();
  const [orphan, young, known] = [randomUUID(), randomUUID(), randomUUID()];
  const at = (id: string) => path.join(artifactStore().root, "uploads", id);
  fs.mkdirSync(at("."), { recursive: true });
  for (const id of [orphan, young, known]) fs.writeFileSync(at(id), "x");
  const old = new Date(Date.now() - 10 * DAY);
  for (const id of [orphan, known]) fs.utimesSync(at(id), old, old);
  await db().upload.create({ data: { id: known, projectId, actorId: "a", sizeBytes: 2n, metadata: { filename: "model.onnx" }, createdAt: new Date() } });
  await sweep(new Date(), log);
  expect([orphan, young, known].map((id) => fs.existsSync(at(id)))).toEqual([false, true, true]);
});

it("gives the bytes of content that no version refers to back to the project, and keeps what one does", async () => {
  const { projectId } = await makeWorld();
  await db().project.update({ where: { id: projectId }, data: { usedBytes: 1000n } });
  await db().blob.create({ data: { id: randomUUID(), projectId, sha256: "e".repeat(64), sizeBytes: 400n } });
  await releaseUnreferenced(new Date(Date.now() + DAY));
  expect((await db().project.findUniqueOrThrow({ where: { id: projectId } })).usedBytes).toBe(600n);
  expect(await db().blob.count({ where: { projectId } })).toBe(3);
});

it("keeps a partition for tomorrow and drops those past their time", async () => {
  const names = async () => (await pool().query<{ relname: string }>("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'telemetry' AND c.relname ~ '^replica_sample_[0-9]+$'")).rows.map((r) => r.relname);
  const later = new Date(Date.now() + 10 * DAY);
  const day = (ms: number) => `replica_sample_${new Date(ms).toISOString().slice(0, 10).replaceAll("-", "")}`;
  expect(await names()).toContain(day(Date.now()));
  await keepPartitions(pool(), later);
  const kept = await names();
  expect(kept).toContain(day(later.getTime() + DAY));
  expect(kept).not.toContain(day(Date.now()));
});
