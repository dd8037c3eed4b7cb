import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { getImport } from "@/lib/models/import/get-import";
import { queueImport } from "@/lib/models/import/queue-import";
import { runImports } from "@/lib/models/import/run-imports";
import { importRequestSchema } from "@/lib/models/import/schema";
import { buildTinyLlama } from "@/lib/models/inspect/__corpus__/build-tensors";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

// A double at the wire: a server on loopback that answers AWS's own client as Amazon S3 is documented to. Never run against Amazon.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-import-s3-"));
const body = buildTinyLlama();
useTestDatabase({ SLIPWAY_DATA_DIR: folder, SLIPWAY_IMPORT_BUCKETS: "models,secret" });
let asked: { method: string; url: URL; ifMatch: string | undefined }[] = [];
const double = http.createServer((request, response) => {
  const url = new URL(request.url!, "http://double");
  asked.push({ method: request.method!, url, ifMatch: request.headers["if-match"] as string | undefined });
  if (url.pathname.startsWith("/secret")) return void response.writeHead(403).end();
  if (url.searchParams.get("list-type") === "2") {
    const keys = url.searchParams.get("prefix") === "llama/" ? ["llama/", "llama/model.gguf"] : [];
    return void response.writeHead(200, { "content-type": "application/xml" }).end(`<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>${keys.map((k) => `<Contents><Key>${k}</Key><Size>1</Size></Contents>`).join("")}</ListBucketResult>`);
  }
  if (url.pathname !== "/models/llama/model.gguf") return void response.writeHead(404).end();
  response.writeHead(200, { "content-length": body.length, etag: '"e1"', "x-amz-version-id": "v1" }).end(request.method === "HEAD" ? undefined : body);
});
const s3 = () => new S3Client({ endpoint: `http://127.0.0.1:${(double.address() as AddressInfo).port}`, forcePathStyle: true, region: "us-east-1", credentials: { accessKeyId: "double", secretAccessKey: "double" }, maxAttempts: 1 });

beforeAll(async () => {
  await new Promise<void>((done) => double.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  double.closeAllConnections();
  double.close();
  fs.rmSync(folder, { recursive: true });
});

async function run(uri: string) {
  asked = [];
  const world = await makeWorld();
  const { id } = await queueImport(tester, world.projectId, "iris", importRequestSchema.parse({ s3: { uri } }));
  await runImports(new Date(), { owner: "w", reach: { s3 } });
  return { modelId: world.modelId, ended: await getImport(world.projectId, "iris", id) };
}

it("makes a version of what is under a prefix, pinned to the version each object had", async () => {
  const { modelId, ended } = await run("s3://models/llama/");
  expect(ended).toMatchObject({ state: "done", version: 4, error: null });
  const version = await db().modelVersion.findFirstOrThrow({ where: { modelId, number: 4 }, include: { files: true } });
  expect(version).toMatchObject({ source: { kind: "s3", uri: "s3://models/llama/", objects: [{ key: "llama/model.gguf", versionId: "v1", etag: '"e1"' }] }, files: [{ path: "model.gguf" }] });
  const got = asked.filter((a) => a.method === "GET" && a.url.pathname.endsWith(".gguf"));
  expect(got.map((a) => [a.url.searchParams.get("versionId"), a.ifMatch])).toEqual([["v1", '"e1"']]);
});

it("says what to do where nothing is there, or it may not be read", async () => {
  expect((await run("s3://models/absent.gguf")).ended).toMatchObject({ state: "failed", attempts: 1, error: "s3://models/absent.gguf does not exist. Check bucket, key and region." });
  expect((await run("s3://secret/model.gguf")).ended).toMatchObject({ state: "failed", attempts: 1, error: expect.stringContaining("s3:GetObject") });
});

it("asks for nothing from a bucket that the operator did not name", async () => {
  await expect(run("s3://elsewhere/model.gguf")).rejects.toThrow("s3://elsewhere are not allowed here");
  expect(asked).toEqual([]);
});
