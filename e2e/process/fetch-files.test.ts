import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { artifactToken } from "@/lib/artifacts/artifact-token";
import { setDigest } from "@/lib/models/set-digest";
import { deriveKey, keyFromFile } from "@/lib/secrets/instance-key";
import { FETCH_EXIT } from "@/lib/serving/fetch-exit";
import { AS_IT_IS } from "@/lib/serving/layout";
import { FaultyProxy } from "./faulty-proxy";
import { ApiRig } from "./api-rig";

// The program of a pod's init container, run as a process against the real API.
const root = path.resolve(import.meta.dirname, "../..");
const MODEL = path.join(root, "node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx");
const original = fs.readFileSync(MODEL);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let slipway: ApiRig;
let token: string;
let blobId: string;
let digest: string;
let work: string;

type Deployed = { id: string };
const deploy = (project: string, name: string) => slipway.must<Deployed>("POST", `/api/v1/projects/${project}/deployments`, { name, model: "vad", version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
const tokenOf = (id: string) => artifactToken(id, deriveKey("artifact-token", keyFromFile(path.join(slipway.dataDir, "secrets", "instance.key"))));

async function project(name: string): Promise<string> {
  await slipway.must("POST", "/api/v1/projects", { name });
  await slipway.must("POST", `/api/v1/projects/${name}/models`, { name: "vad" });
  await slipway.must("POST", `/api/v1/projects/${name}/models/vad/versions?filename=vad.onnx`, new Uint8Array(original));
  return tokenOf((await deploy(name, "vad")).id);
}

const exchange = (bearer: string, revision = 1) => fetch(`${slipway.base}/api/v1/artifacts/exchange`, { method: "POST", headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" }, body: JSON.stringify({ revision }) });
const download = (bearer: string, id: string, headers: Record<string, string> = {}) => fetch(`${slipway.base}/api/v1/artifacts/${id}`, { headers: { authorization: `Bearer ${bearer}`, ...headers } });

async function downloadTokenOf(artifact: string): Promise<{ token: string; files: { path: string; sizeBytes: number; sha256: string; url: string }[] }> {
  return (await (await exchange(artifact)).json()) as never;
}

beforeAll(async () => {
  slipway = await ApiRig.start();
  token = await project("harbour");
  const list = await downloadTokenOf(token);
  blobId = list.files[0]!.url.split("/").at(-1)!;
  digest = setDigest(list.files);
});
afterAll(async () => {
  await slipway?.dispose();
});
beforeEach(() => {
  work = fs.mkdtempSync(path.join(slipway.dir, "pod-"));
});

function run(options: { url?: string; token?: string; digest?: string; patienceMs?: number } = {}): Promise<{ code: number | null; out: string }> {
  fs.writeFileSync(path.join(work, "token"), options.token ?? token);
  const child = spawn(process.execPath, ["--import", "tsx", path.join(root, "services/fetch-files/main.ts")], {
    cwd: root, stdio: ["ignore", "pipe", "pipe"],
    env: {
      NODE_ENV: "test", PATH: process.env.PATH, HOME: work, SLIPWAY_ARTIFACT_URL: options.url ?? slipway.base, SLIPWAY_REVISION: "1", SLIPWAY_FILES_DIGEST: options.digest ?? digest, SLIPWAY_LAYOUT: JSON.stringify(AS_IT_IS),
      SLIPWAY_TOKEN_FILE: path.join(work, "token"), SLIPWAY_MODEL_DIR: path.join(work, "models"), SLIPWAY_FILES_LIST: path.join(work, "files.json"), SLIPWAY_FETCH_PATIENCE_MS: String(options.patienceMs ?? 60_000),
    },
  });
  let out = "";
  child.stdout.on("data", (c: Buffer) => (out += c.toString()));
  child.stderr.on("data", (c: Buffer) => (out += c.toString()));
  return new Promise((resolve) => child.on("exit", (code) => resolve({ code, out })));
}

const fetched = () => fs.readFileSync(path.join(work, "models", "vad.onnx"));
const list = () => JSON.parse(fs.readFileSync(path.join(work, "files.json"), "utf8")) as { path: string; sha256: string }[];

describe("the init container's program", () => {
  it("fetches and verifies every file, and does nothing the second time", async () => {
    expect(await run()).toMatchObject({ code: 0 });
    expect(sha256(fetched())).toBe(sha256(original));
    expect(list()).toEqual([{ path: "vad.onnx", absolutePath: path.join(work, "models", "vad.onnx"), sizeBytes: original.length, sha256: sha256(original) }]);
    const proxy = await FaultyProxy.start(slipway.port, () => ({ cutAfter: null, flipAt: null }));
    expect(await run({ url: proxy.url })).toMatchObject({ code: 0 });
    expect(proxy.passedBytes).toBeLessThan(5000);
    proxy.stop();
  });

  it("goes on after each cut where it stopped: hardly a byte comes twice", async () => {
    const proxy = await FaultyProxy.start(slipway.port, (n) => ({ cutAfter: n < 9 ? 150_000 + n * 40_001 : null, flipAt: null }));
    const { code, out } = await run({ url: proxy.url });
    expect(out).toContain("broke off");
    expect(code, out).toBe(0);
    expect(sha256(fetched())).toBe(sha256(original));
    // Headers, and what was under way in buffers at each cut.
    expect(proxy.passedBytes).toBeLessThan(original.length + proxy.connections * 70_000);
    expect(proxy.connections).toBeGreaterThan(5);
    proxy.stop();
  });

  it("goes on with what a killed run left", async () => {
    fs.mkdirSync(path.join(work, "models"));
    fs.writeFileSync(path.join(work, "models", "vad.onnx.part"), original.subarray(0, 1_500_000));
    const proxy = await FaultyProxy.start(slipway.port, () => ({ cutAfter: null, flipAt: null }));
    expect(await run({ url: proxy.url })).toMatchObject({ code: 0 });
    expect(sha256(fetched())).toBe(sha256(original));
    expect(proxy.passedBytes).toBeLessThan(original.length - 1_500_000 + 5000);
    proxy.stop();
  });

  it("fetches once more what came with a flipped byte", async () => {
    const proxy = await FaultyProxy.start(slipway.port, (n) => ({ cutAfter: null, flipAt: n === 0 ? 900_000 : null }));
    const { code, out } = await run({ url: proxy.url });
    expect(out).toContain("SHA-256 differs");
    expect(code, out).toBe(0);
    expect(sha256(fetched())).toBe(sha256(original));
    proxy.stop();
  });

  it("ends for good when the file itself is another one, and no file of that name appears", async () => {
    const stored = path.join(slipway.dataDir, "artifacts", "blobs", blobId.slice(0, 2), blobId);
    fs.chmodSync(stored, 0o600);
    const flipped = Buffer.from(original);
    flipped[1_000_000]! ^= 1;
    fs.writeFileSync(stored, flipped);
    try {
      const { code, out } = await run();
      expect(code).toBe(FETCH_EXIT.digestMismatch);
      const last = JSON.parse(out.trim().split("\n").at(-1)!) as { event: string; reason: string; message: string };
      expect(last).toMatchObject({ event: "failed", reason: "DigestMismatch", message: expect.stringContaining("not the file that was approved") });
      expect(fs.existsSync(path.join(work, "models", "vad.onnx"))).toBe(false);
      expect(fs.existsSync(path.join(work, "files.json"))).toBe(false);
    } finally {
      fs.writeFileSync(stored, original);
    }
  });

  it("downloads nothing when the list is not the one that was deployed", async () => {
    expect(await run({ digest: `sha256:${"0".repeat(64)}` })).toMatchObject({ code: FETCH_EXIT.digestMismatch, out: expect.stringContaining("not the one this revision was deployed with") });
    expect(fs.existsSync(path.join(work, "models"))).toBe(false);
  });

  it("says so when Slipway is away, and when it gives nothing to this token; the token is never said", async () => {
    const away = await run({ url: "http://127.0.0.1:9", patienceMs: 1500 });
    expect(away).toMatchObject({ code: FETCH_EXIT.unreachable, out: expect.stringContaining("cannot be reached") });
    const foreign = await run({ token: `${token.slice(0, -4)}AAAA` });
    expect(foreign).toMatchObject({ code: FETCH_EXIT.refused, out: expect.stringContaining("does not give the files: 401") });
    expect(away.out + foreign.out).not.toContain(token.slice(10, 60));
  });
});

describe("the artifact endpoint", () => {
  it("answers one range, and 416 past the end", async () => {
    const { token: bearer } = await downloadTokenOf(token);
    const part = await download(bearer, blobId, { range: "bytes=100-199" });
    expect([part.status, part.headers.get("content-range"), part.headers.get("etag")]).toEqual([206, `bytes 100-199/${original.length}`, `"${sha256(original)}"`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(original.subarray(100, 200))).toBe(true);
    expect((await download(bearer, blobId, { range: `bytes=${original.length}-` })).status).toBe(416);
    const other = await download(bearer, blobId, { range: "bytes=100-", "if-range": '"another"' });
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, original.length]);
  });

  it("gives a deployment its own files only: another one's answer as what is not there", async () => {
    const foreign = await downloadTokenOf(await project("elsewhere"));
    const strip = async (r: Response) => `${r.status} ${(await r.text()).replace(/"requestId":"[^"]*"/, "")}`;
    const others = await strip(await download(foreign.token, blobId));
    expect(others).toMatch(/^404 /);
    expect(others).toBe(await strip(await download(foreign.token, "00000000-0000-4000-8000-000000000000")));
    expect((await exchange(token, 2)).status).toBe(404);
  });

  it("takes no API token, and its tokens open nothing else", async () => {
    const { token: bearer } = await downloadTokenOf(token);
    expect((await exchange(slipway.token)).status).toBe(401);
    expect((await download(slipway.token, blobId)).status).toBe(401);
    expect((await download(token, blobId)).status).toBe(401);
    for (const t of [token, bearer]) expect((await fetch(`${slipway.base}/api/v1/projects`, { headers: { authorization: `Bearer ${t}` } })).status).toBe(401);
  });

  it("gives nothing once the deployment is gone", async () => {
    const { id } = await deploy("harbour", "short");
    const mine = tokenOf(id);
    const { token: bearer } = await downloadTokenOf(mine);
    await slipway.must("DELETE", "/api/v1/projects/harbour/deployments/short");
    expect((await exchange(mine)).status).toBe(404);
    expect((await download(bearer, blobId)).status).toBe(404);
  });
});
