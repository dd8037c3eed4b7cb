import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import { systemActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createVersion } from "@/lib/models/create-version";
import { createVersionFromUploads } from "@/lib/models/version-from-uploads";
import { buildAddOneModel } from "@/lib/samples/build-onnx";
import { databaseUploads } from "@/lib/uploads/database-registry";

const actor = systemActor("test");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-versions-"));
useTestDatabase({ SLIPWAY_DATA_DIR: folder });
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function makeProject(quotaBytes: bigint, models = ["m"]): Promise<string> {
  const slug = `p${randomUUID().slice(0, 8)}`;
  const { id } = await db().project.create({ data: { slug, name: slug, quotaBytes, models: { create: models.map((m) => ({ slug: m, name: m })) } } });
  return id;
}
const used = async (id: string) => (await db().project.findUniqueOrThrow({ where: { id } })).usedBytes;
const model = (size: number) => Buffer.from(buildAddOneModel({ size }));
const store = (bytes: Buffer) => receiveFile(artifactStore(), Readable.from([bytes]), { maxBytes: bytes.length });
const isThere = async (blobId: string) => (await artifactStore().stat(blobId)) !== null;
const ONE = 2n ** 40n;

/** A finished upload of the actor's, as tus leaves it. */
async function finishedUpload(projectId: string, bytes: Buffer): Promise<string> {
  const blob = await store(bytes);
  await databaseUploads.create({ id: blob.blobId, owner: { actorId: actor.id, projectId }, sizeBytes: bytes.length, metadata: { filename: "model.onnx" }, createdAt: new Date(), finished: null });
  await databaseUploads.finish(blob.blobId, { blobId: blob.blobId, sha256: blob.sha256 });
  return blob.blobId;
}

describe("a version", () => {
  it("of content that the project has shares it: stored once, counted once; another project has its own", async () => {
    const [projectId, foreignId] = [await makeProject(ONE), await makeProject(ONE)];
    const bytes = model(4);
    const blobs = [await store(bytes), await store(bytes), await store(bytes)];
    const made = [await createVersion(actor, { projectId, modelSlug: "m", files: [{ ...blobs[0]!, path: "model.onnx" }] }), await createVersion(actor, { projectId, modelSlug: "m", files: [{ ...blobs[1]!, path: "renamed.onnx" }] })];
    await createVersion(actor, { projectId: foreignId, modelSlug: "m", files: [{ ...blobs[2]!, path: "model.onnx" }] });
    expect(made.map((v) => [v.version, v.state, v.format])).toEqual([[1, "accepted", "onnx"], [2, "accepted", "onnx"]]);
    expect(await Promise.all(blobs.map((b) => isThere(b.blobId)))).toEqual([true, false, true]);
    expect([await used(projectId), await used(foreignId)]).toEqual([BigInt(bytes.length), BigInt(bytes.length)]);
    expect(await db().auditEntry.count({ where: { projectId, action: "version.create" } })).toBe(2);
  });

  it("of one content, made for many models at once, is made for each, and the content is there once", async () => {
    const models = Array.from({ length: 12 }, (_, i) => `m${i}`);
    const projectId = await makeProject(ONE, models);
    const bytes = model(5);
    const blobs = await Promise.all(models.map(() => store(bytes)));
    await Promise.all(models.map((modelSlug, i) => createVersion(actor, { projectId, modelSlug, files: [{ ...blobs[i]!, path: "model.onnx" }] })));
    expect(await db().modelVersion.count({ where: { model: { projectId } } })).toBe(12);
    const [content, ...more] = await db().blob.findMany({ where: { projectId } });
    expect(more).toEqual([]);
    expect((await Promise.all(blobs.map((b) => isThere(b.blobId)))).filter(Boolean)).toHaveLength(1);
    expect(await isThere(content!.id)).toBe(true);
    expect(await used(projectId)).toBe(BigInt(bytes.length));
  });

  it("that is refused leaves neither row nor file nor number", async () => {
    const projectId = await makeProject(ONE);
    const blob = await store(Buffer.from("no model at all"));
    await expect(createVersion(actor, { projectId, modelSlug: "m", files: [{ ...blob, path: "model.onnx" }] })).rejects.toMatchObject({ code: "model_refused" });
    expect([await isThere(blob.blobId), await used(projectId), await db().modelVersion.count({ where: { model: { projectId } } })]).toEqual([false, 0n, 0]);
    const good = await store(model(6));
    expect((await createVersion(actor, { projectId, modelSlug: "m", files: [{ ...good, path: "model.onnx" }] })).version).toBe(1);
  });

  it("whose fault may have come after the commit keeps its files, which the sweeper judges; a plain refusal of ours removes them", async () => {
    const projectId = await makeProject(ONE);
    const attempt = async (fault: Error) => {
      const blob = await store(model(7));
      await expect(createVersion(actor, { projectId, modelSlug: "m", files: [{ ...blob, path: "model.onnx" }], alsoInTransaction: () => Promise.reject(fault) })).rejects.toBe(fault);
      return isThere(blob.blobId);
    };
    expect(await attempt(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(await attempt(new AppError("conflict", "Cancelled meanwhile."))).toBe(false);
  });

  it("takes finished uploads up once: the reservation becomes the content's, and a second request for them finds nothing to take", async () => {
    const bytes = model(8);
    const projectId = await makeProject(BigInt(bytes.length));
    const id = await finishedUpload(projectId, bytes);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => createVersionFromUploads(actor, projectId, "m", [id])));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    for (const r of results) if (r.status === "rejected") expect(["conflict", "invalid_request"]).toContain((r.reason as { code: string }).code);
    expect([await used(projectId), await db().upload.count({ where: { projectId } }), await isThere(id)]).toEqual([BigInt(bytes.length), 0, true]);
  });
});

describe("a project's quota", () => {
  it("is never exceeded by fifty uploads that begin at once, and comes back once for each that is removed, however often", async () => {
    const projectId = await makeProject(1000n);
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const results = await Promise.allSettled(ids.map((id) => databaseUploads.create({ id, owner: { actorId: "a", projectId }, sizeBytes: 90, metadata: { filename: "x" }, createdAt: new Date(), finished: null })));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(11);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "quota_exceeded" });
    expect([await used(projectId), await db().upload.count({ where: { projectId } })]).toEqual([990n, 11]);
    await Promise.all([...ids, ...ids, ...ids].map((id) => databaseUploads.remove(id)));
    expect([await used(projectId), await db().upload.count({ where: { projectId } })]).toEqual([0n, 0]);
  });

  it("is never exceeded by versions that are made at once, and what had no room is gone", async () => {
    const files = await Promise.all(Array.from({ length: 12 }, (_, i) => store(model(100 + i))));
    const projectId = await makeProject(BigInt(files[0]!.sizeBytes * 4 + 3));
    const results = await Promise.allSettled(files.map((f) => createVersion(actor, { projectId, modelSlug: "m", files: [{ ...f, path: "model.onnx" }] })));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(4);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "quota_exceeded" });
    const kept = await db().blob.findMany({ where: { projectId } });
    expect(await used(projectId)).toBe(kept.reduce((sum, b) => sum + b.sizeBytes, 0n));
    expect((await Promise.all(files.map((f) => isThere(f.blobId)))).filter(Boolean)).toHaveLength(4);
  });
});

describe("the row of an upload", () => {
  const begin = async (createdAt = new Date()) => {
    const projectId = await makeProject(ONE);
    const record = { id: randomUUID(), owner: { actorId: "a", projectId }, sizeBytes: 10, metadata: { filename: "x", path: "d/x" }, createdAt, finished: null };
    await databaseUploads.create(record);
    return record;
  };

  it("is leased to one of many, extended by the same, free when it has expired or was given back, and never once it is gone", async () => {
    const { id } = await begin();
    const holders = Array.from({ length: 20 }, () => randomUUID());
    const taken = await Promise.all(holders.map((h) => databaseUploads.lease(id, h, 60_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = holders[taken.indexOf(true)]!;
    expect(await databaseUploads.lease(id, holder, 60_000)).toBe(true);
    await databaseUploads.release(id, "somebody else");
    expect(await databaseUploads.lease(id, "next", 60_000)).toBe(false);
    await databaseUploads.lease(id, holder, -1);
    expect(await databaseUploads.lease(id, "next", 60_000)).toBe(true);
    await databaseUploads.release(id, "next");
    expect(await databaseUploads.lease(id, "last", 60_000)).toBe(true);
    await databaseUploads.remove(id);
    expect(await databaseUploads.lease(id, "last", 60_000)).toBe(false);
  });

  it("comes back as it was written; finished, it stays as it was the first time; only old ones are listed as expired", async () => {
    const record = await begin(new Date("2026-01-02T03:04:05Z"));
    const young = await begin();
    expect(await databaseUploads.get(record.id)).toEqual(record);
    await databaseUploads.finish(record.id, { blobId: record.id, sha256: "a".repeat(64) });
    await databaseUploads.finish(record.id, { blobId: record.id, sha256: "b".repeat(64) });
    expect((await databaseUploads.get(record.id))?.finished).toEqual({ blobId: record.id, sha256: "a".repeat(64) });
    const expired = (await databaseUploads.listExpired(new Date(Date.now() - 60_000), 100)).map((r) => r.id);
    expect([expired.includes(record.id), expired.includes(young.id)]).toEqual([true, false]);
    expect(await databaseUploads.get(randomUUID())).toBeNull();
  });
});
