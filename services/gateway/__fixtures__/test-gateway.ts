import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SampleBatch } from "@/lib/observability/sample";
import { LocalTarget } from "@/lib/targets/local/local-target";
import type { ArtifactFile, DeploymentRef, DeploymentSpec, Observation, RevisionSpec } from "@/lib/targets/target";
import { identityModel } from "@/services/model-server/__fixtures__/onnx-model";
import { startGateway, type Gateway, type GatewayOptions } from "../gateway";

export type Present = Extract<Observation, { exists: true }>;

export type TestGateway = {
  gateway: Gateway;
  target: LocalTarget;
  dir: string;
  batches: SampleBatch[];
  put: (content: Buffer, path?: string) => ArtifactFile;
  serve: (ref: DeploymentRef, at?: string) => string;
  infer: (ref: DeploymentRef, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** Waits until the observation is as wished. */
  until: (ref: DeploymentRef, wish: (o: Present) => boolean, timeoutMs?: number) => Promise<Present>;
  stop: () => Promise<void>;
};

/** Writes a blob into a store directory and tells its file entry. */
export function putBlob(dir: string, content: Buffer, filePath = "model.onnx"): ArtifactFile {
  const blobId = randomUUID();
  mkdirSync(path.join(dir, "blobs"), { recursive: true });
  writeFileSync(path.join(dir, "blobs", blobId), content);
  return { path: filePath, sizeBytes: content.length, sha256: createHash("sha256").update(content).digest("hex"), blobId };
}

/** A gateway in this process with real replicas, its own directories and ports. */
export async function startTestGateway(overrides: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const dir = mkdtempSync(path.join(tmpdir(), "slipway-gateway-"));
  const batches: SampleBatch[] = [];
  const gateway = await startGateway({
    host: "127.0.0.1", port: 0, runDir: path.join(dir, "run"), resolveBlob: (id) => path.join(dir, "blobs", id),
    authorize: async (bearer) => (bearer === "good" ? { ok: true } : { ok: false, status: 401 }),
    postSamples: async (b) => { batches.push(b); }, hosts: null, warmUpMs: 0, logger: { info() {}, warn() {}, error() {} }, ...overrides,
  });
  const target = new LocalTarget({ address: async () => ({ port: gateway.controlPort, token: gateway.controlToken }), gatewayUrl: `http://127.0.0.1:${gateway.port}` });
  const serve = (ref: DeploymentRef, at = "") => `http://127.0.0.1:${gateway.port}/serve/${ref.project}/${ref.deployment}${at}`;
  return {
    gateway, target, dir, batches, serve,
    put: (content, p) => putBlob(dir, content, p),
    infer: (ref, body = vector(1), headers = {}) => fetch(`${serve(ref)}/v2/models/m/infer`, { method: "POST", headers, body: JSON.stringify(body) }),
    until: (ref, wish, timeoutMs) => waitFor(target, ref, wish, timeoutMs),
    stop: async () => {
      await gateway.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function waitFor(target: Pick<LocalTarget, "observe">, ref: DeploymentRef, wish: (o: Present) => boolean, timeoutMs = 20_000): Promise<Present> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const o = await target.observe(ref);
    if (o.exists && wish(o)) return o;
    if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(o)}`);
    await new Promise((r) => setTimeout(r, 20));
  }
}

export const vector = (...data: number[]) => ({ inputs: [{ name: "x", datatype: "FP32", shape: [data.length], data }] });
export const newRef = (): DeploymentRef => ({ id: randomUUID(), project: "acme", projectId: "0190a000-0000-7000-8000-00000000acae", deployment: `d${randomUUID().slice(0, 8)}` });

export const revision = (n: number, files: ArtifactFile[], change: Partial<RevisionSpec> = {}): RevisionSpec => ({
  n, weight: 100, runtime: "onnx", model: "m", files, format: "onnx", resources: { cpuMillicores: 1000, memoryMib: 1024, accelerator: null }, env: {}, secrets: {}, queueLimit: 64, ...change,
});

export const spec = (ref: DeploymentRef, revisions: RevisionSpec[], change: Partial<DeploymentSpec> = {}): DeploymentSpec => ({
  ref, generation: 1, public: true, scaling: { min: 1, max: 1, targetConcurrency: 4 }, revisions, ...change,
});

export const tinyModel = () => identityModel("FP32");
/** The number of a revision that answered can be told by its model_version. */
export const versionOf = async (res: Response) => ((await res.json()) as { model_version: string }).model_version;
