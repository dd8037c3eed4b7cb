import { randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleRequest, Instance } from "@/e2e/process/instance";
import { installMoto, startMoto } from "@/e2e/process/moto";
import { localFile, sweepLocalCopies } from "@/lib/artifacts/local-copy";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import { parseS3Place, S3Store } from "@/lib/artifacts/s3-store";
import type { BlobStat } from "@/lib/artifacts/store";
import { buildAddOneModel } from "@/lib/samples/build-onnx";

// moto stands in for S3 at the wire. It checks no signature, no policy and no lifecycle rule.
const moto = installMoto();
const AWS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" };
const MIB = 1 << 20;
async function all(store: S3Store): Promise<BlobStat[]> {
  const found: BlobStat[] = [];
  for await (const blob of store.list()) found.push(blob);
  return found;
}

describe.skipIf(moto === null)("model files in S3, at the wire of moto (needs Python)", () => {
  let server: Awaited<ReturnType<typeof startMoto>>;
  let client: S3Client;
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-s3-"));
  const store = (place = "s3://models/slipway") => new S3Store(client, parseS3Place(place), root);
  const filesIn = (folder: string) => (fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => e.name) : []);

  beforeAll(async () => {
    server = await startMoto(moto!);
    client = new S3Client({ endpoint: server.url, forcePathStyle: true, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 });
    await client.send(new CreateBucketCommand({ Bucket: "models" }));
  });
  afterAll(async () => {
    client?.destroy();
    await server?.stop();
    fs.rmSync(root, { recursive: true, force: true });
  });

  it("takes a file of several parts, gives back any range of it, lists it and forgets it; nothing stays on this disk", async () => {
    const bytes = randomBytes(17 * MIB + 3);
    await store().check();
    const { blobId, sha256, sizeBytes } = await receiveFile(store(), Readable.from([bytes.subarray(0, 5 * MIB), bytes.subarray(5 * MIB)]), { maxBytes: 1e9 });
    expect([sizeBytes, sha256.length, filesIn(root)]).toEqual([bytes.length, 64, []]);
    const blob = await store().open(blobId);
    expect(blob.sizeBytes).toBe(bytes.length);
    expect(await blob.read(8 * MIB - 2, 5)).toEqual(bytes.subarray(8 * MIB - 2, 8 * MIB + 3));
    expect(await blob.read(bytes.length - 2, 100)).toEqual(bytes.subarray(-2));
    expect(await blob.read(bytes.length, 10)).toHaveLength(0);
    expect((await buffer(blob.stream())).equals(bytes)).toBe(true);
    expect(await buffer(blob.stream({ start: 3, end: 10 }))).toEqual(bytes.subarray(3, 10));
    expect(await buffer(blob.stream({ start: 3, end: 3 }))).toHaveLength(0);
    await blob.close();

    // What else lies in the bucket is not Slipway's.
    await client.send(new PutObjectCommand({ Bucket: "models", Key: `slipway/blobs/zz/${randomUUID()}`, Body: "x" }));
    await client.send(new PutObjectCommand({ Bucket: "models", Key: `blobs/${blobId.slice(0, 2)}/${blobId}`, Body: "x" }));
    const listed = await all(store());
    expect(listed.map((b) => [b.blobId, b.sizeBytes])).toEqual([[blobId, bytes.length]]);
    await store().remove(blobId);
    await store().remove(blobId);
    expect([await store().stat(blobId), await store().stat("../x")]).toEqual([null, null]);
    await expect(store().open(blobId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("takes a file once under one id, however often it is asked after a kill", async () => {
    const partial = path.join(root, "partial");
    fs.writeFileSync(partial, "whole");
    const id = randomUUID();
    expect(await store().adopt(partial, id)).toBe(id);
    expect(fs.existsSync(partial)).toBe(false);
    expect(await store().adopt(partial, id)).toBe(id);
    fs.writeFileSync(partial, "whole"); // killed between the copy and the removal
    expect(await store().adopt(partial, id)).toBe(id);
    await expect(store().adopt(path.join(root, "never"), randomUUID())).rejects.toMatchObject({ code: "not_found" });
    await store().remove(id);
  });

  it("keeps one copy on this disk for the replicas that start from it, until none has for a while", async () => {
    const { blobId } = await receiveFile(store(), Readable.from([Buffer.from("a model")]), { maxBytes: 100 });
    const [a, b] = await Promise.all([localFile(store(), blobId), localFile(store(), blobId)]);
    expect([a, fs.readFileSync(a, "utf8"), filesIn(root)]).toEqual([b, "a model", [blobId]]);
    await store().remove(blobId);
    expect(await localFile(store(), blobId)).toBe(a);
    expect(await sweepLocalCopies(store(), new Date(Date.now() - 60_000))).toBe(0);
    expect(await sweepLocalCopies(store(), new Date(Date.now() + 1000))).toBe(1);
    await expect(localFile(store(), blobId)).rejects.toMatchObject({ code: "not_found" });
    expect(filesIn(root)).toEqual([]);
  });

  it("says in words that there is no such bucket, or nobody there, and keeps nothing half", async () => {
    await expect(store("s3://nowhere").check()).rejects.toMatchObject({ code: "bad_gateway", message: "The store of model files, s3://nowhere/, does not exist. Whoever runs Slipway checks SLIPWAY_ARTIFACTS and AWS_REGION." });
    await expect(receiveFile(store("s3://nowhere"), Readable.from([Buffer.from("x")]), { maxBytes: 100 })).rejects.toMatchObject({ code: "bad_gateway" });
    const nobody = new S3Store(new S3Client({ endpoint: "http://127.0.0.1:9", forcePathStyle: true, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" }, maxAttempts: 1 }), parseS3Place("s3://models"), root);
    await expect(nobody.stat(randomUUID())).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringContaining("does not answer") as string });
    expect(filesIn(root)).toEqual([]);
  });

  it("a whole Slipway refuses a bucket that is not there by its name, and does the main job from one that is", { timeout: 300_000 }, async () => {
    const env = { ...AWS, AWS_ENDPOINT_URL: server.url, SLIPWAY_SPOT_ADVISOR_URL: "https://127.0.0.1:9/spot-advisor-data.json" };
    const refused = await Instance.prepare({ ...env, SLIPWAY_ARTIFACTS: "s3://nowhere/prefix" });
    await expect(refused.up()).rejects.toThrow(/s3:\/\/nowhere\/prefix\/, does not exist\. Whoever runs Slipway checks SLIPWAY_ARTIFACTS/);
    await refused.dispose();

    const slipway = await Instance.start({ ...env, SLIPWAY_ARTIFACTS: "s3://models/whole" });
    try {
      const P = "/api/v1/projects/harbour";
      await slipway.must("POST", "/api/v1/projects", { name: "harbour" });
      await slipway.must("POST", `${P}/models`, { name: "one" });
      const version = await slipway.must("POST", `${P}/models/one/versions?filename=model.onnx`, buildAddOneModel({ size: 4 }));
      expect(version).toMatchObject({ state: "accepted", format: "onnx" });
      const held = await all(store("s3://models/whole"));
      expect(held).toHaveLength(1);
      const serves = async () => {
        await slipway.until("GET", `${P}/deployments/one`, (a) => (a.json.status as { phase?: string })?.phase === "Ready");
        return slipway.must<{ outputs: { data: number[] }[] }>("POST", "/serve/harbour/one/v2/models/one/infer", exampleRequest(await slipway.must("GET", "/serve/harbour/one/v2/models/one")));
      };
      await slipway.must("POST", `${P}/deployments`, { name: "one", model: "one", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
      expect((await serves()).outputs[0]!.data).toHaveLength(4);
      // The machine's disk is lost with its copy: the next replica is made from the bucket again.
      fs.rmSync(path.join(slipway.dataDir, "artifacts"), { recursive: true, force: true });
      await slipway.must("POST", `${P}/deployments/one/stop`, {});
      await slipway.until("GET", `${P}/deployments/one`, (a) => (a.json.status as { phase?: string })?.phase === "Stopped");
      await slipway.must("POST", `${P}/deployments/one/start`, {});
      expect((await serves()).outputs[0]!.data).toHaveLength(4);
      await slipway.must("DELETE", `${P}/deployments/one`);
      await slipway.until("GET", `${P}/deployments/one`, (a) => a.status === 404);
      await slipway.must("DELETE", `${P}/models/one`);
    } finally {
      await slipway.dispose();
    }
  });
});
