import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { cancelImport } from "@/lib/models/import/cancel-import";
import { getImport } from "@/lib/models/import/get-import";
import { queueImport } from "@/lib/models/import/queue-import";
import { runImports } from "@/lib/models/import/run-imports";
import { type ImportRequest, importRequestSchema } from "@/lib/models/import/schema";
import { callGlobal } from "@/lib/models/inspect/__corpus__/build-pickles";
import { buildSafetensors, buildTinyLlama } from "@/lib/models/inspect/__corpus__/build-tensors";
import { makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

// Doubles at the wire: servers on loopback that speak https and the part of Hugging Face's API that an import uses. Nothing here
// shows that huggingface.co or Amazon S3 answer like this.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-import-"));
const commit = "0123456789abcdef0123456789abcdef01234567";
const weights = buildSafetensors({ weight: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }, new Uint8Array(8));
const config = Buffer.from(JSON.stringify({ model_type: "bert", architectures: ["BertModel"] }));
useTestDatabase({ SLIPWAY_DATA_DIR: folder });
let hits: string[] = [];
let deaths = 0;
let held = Promise.withResolvers<void>();

const respond: http.RequestListener = (request, response) => {
  hits.push(request.url!);
  const url = new URL(request.url!, "http://double");
  const send = (body: Buffer) => response.writeHead(200, { "content-length": body.length }).end(body);
  switch (url.pathname) {
    case "/model.gguf": return send(buildTinyLlama());
    case "/hostile.pkl": return send(callGlobal("os", "system"));
    case "/dies.gguf": {
      if (deaths-- <= 0) return send(buildTinyLlama());
      const body = buildTinyLlama();
      response.writeHead(200, { "content-length": body.length });
      return void response.write(body.subarray(0, 20), () => response.destroy());
    }
    case "/hangs.gguf":
      response.writeHead(200, { "content-length": 1000 }).write("GGUF");
      return held.resolve();
    case "/api/models/acme/tiny/revision/main": return send(Buffer.from(JSON.stringify({ sha: commit })));
    case `/api/models/acme/tiny/tree/${commit}`:
      return send(Buffer.from(JSON.stringify([
        { type: "file", path: "config.json", size: config.length },
        { type: "file", path: "model.safetensors", size: weights.length, lfs: { oid: createHash("sha256").update(weights).digest("hex"), size: weights.length } },
        { type: "file", path: "README.md", size: 5 },
      ])));
    case `/acme/tiny/resolve/${commit}/config.json`: return send(config);
    case `/acme/tiny/resolve/${commit}/model.safetensors`: return send(weights);
    default: return void response.writeHead(404).end();
  }
};
let files: https.Server;
const hub = http.createServer(respond);
const port = (server: http.Server | https.Server) => (server.address() as AddressInfo).port;
const reach = () => ({ hubUrl: `http://127.0.0.1:${port(hub)}`, allow: { allow: [{ cidr: "127.0.0.1", ports: [port(hub)], http: true }, { cidr: "127.0.0.1", ports: [port(files)] }] } });
const fileAt = (name: string): ImportRequest => importRequestSchema.parse({ url: `https://127.0.0.1:${port(files)}/${name}` });

beforeAll(async () => {
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], { stdio: "ignore" });
  tls.setDefaultCACertificates([fs.readFileSync(cert, "utf8")]);
  files = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, respond);
  await Promise.all([files, hub].map((s) => new Promise<void>((done) => s.listen(0, "127.0.0.1", done))));
});
beforeEach(() => {
  hits = [];
  held = Promise.withResolvers();
});
afterAll(async () => {
  for (const s of [files, hub]) {
    s.closeAllConnections();
    s.close();
  }
  fs.rmSync(folder, { recursive: true });
});

async function queued(request: ImportRequest) {
  const world = await makeWorld();
  const { id } = await queueImport(tester, world.projectId, "iris", request);
  return {
    ...world, id,
    now: () => getImport(world.projectId, "iris", id),
    version: (number: number) => db().modelVersion.findFirst({ where: { modelId: world.modelId, number }, include: { files: true } }),
    // The world's own three are there from the start, and take nothing of the quota.
    content: () => db().blob.count({ where: { projectId: world.projectId } }),
    used: async () => Number((await db().project.findUniqueOrThrow({ where: { id: world.projectId } })).usedBytes),
  };
}
const later = () => new Date(Date.now() + 60_000);

it("makes a version of one file over https", async () => {
  const i = await queued(fileAt("model.gguf"));
  expect(await runImports(new Date(), { owner: "w", reach: reach() })).toBe(1);
  expect(await i.now()).toMatchObject({ state: "done", version: 4, error: null, attempts: 1 });
  expect(await i.version(4)).toMatchObject({ state: "accepted", format: "gguf", source: { kind: "https" }, files: [{ path: "model.gguf" }] });
  expect(await i.used()).toBe(buildTinyLlama().length);
});

it("makes one version of a repository's chosen files, at the commit its branch points at", async () => {
  const i = await queued(importRequestSchema.parse({ huggingFace: { repo: "acme/tiny", allowPatterns: ["*.json", "*.safetensors"] } }));
  await runImports(new Date(), { owner: "w", reach: reach() });
  expect(await i.now()).toMatchObject({ state: "done", version: 4, error: null });
  const version = await i.version(4);
  expect(version).toMatchObject({ source: { kind: "huggingFace", uri: "hf://acme/tiny", revision: commit } });
  expect(version!.files.map((f) => f.path).sort()).toEqual(["config.json", "model.safetensors"]);
});

it("refuses what is hostile, in words, and keeps none of its content", async () => {
  const i = await queued(fileAt("hostile.pkl"));
  await runImports(new Date(), { owner: "w", reach: reach() });
  expect(await i.now()).toMatchObject({ state: "failed", version: null, error: expect.stringContaining("system") });
  expect([await i.content(), await i.used(), await i.version(4)]).toEqual([3, 0, null]);
});

it("tries again after a server that died within the body, and is done", async () => {
  deaths = 1;
  const i = await queued(fileAt("dies.gguf"));
  await runImports(new Date(), { owner: "w", reach: reach() });
  expect(await i.now()).toMatchObject({ state: "queued", attempts: 1, error: expect.any(String) });
  expect(await runImports(new Date(), { owner: "w", reach: reach() })).toBe(0);
  await runImports(later(), { owner: "w", reach: reach() });
  expect(await i.now()).toMatchObject({ state: "done", version: 4, attempts: 2, error: null });
});

it("does not reach loopback unless it is allowed, and says so", async () => {
  const i = await queued(fileAt("model.gguf"));
  let code: unknown;
  await runImports(new Date(), { owner: "w", onFault: (error) => (code = (error as { code?: string }).code) });
  expect(await i.now()).toMatchObject({ state: "failed", attempts: 1, error: expect.stringContaining("127.0.0.1") });
  expect([code, hits]).toEqual(["blocked_address", []]);
});

it("keeps nothing of an import that is cancelled while it runs", async () => {
  const i = await queued(fileAt("hangs.gguf"));
  const run = runImports(new Date(), { owner: "w", reach: reach() });
  await held.promise;
  await cancelImport(tester, i.projectId, "iris", i.id);
  await run;
  expect(await i.now()).toMatchObject({ state: "cancelled", version: null });
  expect([await i.content(), await i.used()]).toEqual([3, 0]);
});

it("is given back, without an attempt used, by a worker that is told to stop", async () => {
  const i = await queued(fileAt("hangs.gguf"));
  const stop = new AbortController();
  const run = runImports(new Date(), { owner: "w", reach: reach(), signal: stop.signal });
  await held.promise;
  stop.abort();
  await run;
  expect(await i.now()).toMatchObject({ state: "queued", attempts: 0, error: null });
  expect(await db().modelImport.findUniqueOrThrow({ where: { id: i.id } })).toMatchObject({ leaseOwner: null, leaseUntil: null });
  await cancelImport(tester, i.projectId, "iris", i.id);
});
