import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { identityModel } from "./__fixtures__/onnx-model";
import { podConfig } from "./pod-config";
import { freePort } from "@/lib/net/free-ports";

const dir = mkdtempSync(path.join(tmpdir(), "slipway-pod-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const env = { SLIPWAY_MODEL: "m", SLIPWAY_PROJECT: "p", SLIPWAY_DEPLOYMENT: "d", SLIPWAY_REVISION: "3", SLIPWAY_QUEUE_LIMIT: "8", SLIPWAY_THREADS: "1", SLIPWAY_MEMORY_MIB: "0", SLIPWAY_PORT: "8080" };

function startPod(variables: Record<string, string>) {
  const root = path.resolve(import.meta.dirname, "../..");
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), path.join(import.meta.dirname, "pod.ts")], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json"), ...variables }, stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => { said += chunk; });
  return { child, said: () => said, exited: new Promise<{ code: number | null; signal: string | null }>((resolve) => child.on("exit", (code, signal) => resolve({ code, signal }))) };
}

test("a pod serves the files that its init container left, and SIGTERM ends it with 0", async () => {
  const bytes = identityModel("FP32");
  const absolutePath = path.join(dir, "m.onnx");
  writeFileSync(absolutePath, bytes);
  const list = path.join(dir, "files.json");
  writeFileSync(list, JSON.stringify([{ path: "m.onnx", absolutePath, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }]));
  const port = await freePort();
  const pod = startPod({ ...env, SLIPWAY_PORT: String(port), SLIPWAY_FILES: list, HOSTNAME: "sentiment-r3-abc" });
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/v2/health/ready`).catch(() => null))?.status === 200;
  const ended = pod.exited.then((e) => { throw new Error(`ended with ${JSON.stringify(e)}: ${pod.said()}`); });
  await Promise.race([ended, (async () => { while (!(await ready())) await new Promise((r) => setTimeout(r, 25)); })()]);
  ended.catch(() => undefined);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('slipway_in_flight{project="p",deployment="d",revision="3",replica="sentiment-r3-abc"} 0');
  // Before anything failed: Prometheus' rate() would miss what a series begins with.
  expect(metrics).toMatch(/slipway_errors_total\{cause="runtime",[^}]*\} 0\n/);
  expect(metrics).toMatch(/slipway_requests_total\{code="500",[^}]*\} 0\n/);
  pod.child.kill("SIGTERM");
  expect(await pod.exited).toEqual({ code: 0, signal: null });
}, 120_000);

test("without the list of files it ends, and says why", async () => {
  const pod = startPod({ ...env, SLIPWAY_FILES: path.join(dir, "absent.json") });
  expect(await pod.exited).toMatchObject({ code: 1 });
  expect(pod.said()).toContain("absent.json");
}, 120_000);

test("each variable that is missing or wrong is named", () => {
  for (const name of Object.keys(env)) expect(() => podConfig({ ...env, [name]: undefined }, [])).toThrow(name);
  expect(() => podConfig({ ...env, SLIPWAY_PORT: "80x" }, [])).toThrow("SLIPWAY_PORT");
  expect(podConfig({ ...env, HOSTNAME: "pod-1" }, [])).toMatchObject({ port: 8080, queueLimit: 8, labels: { replica: "pod-1", revision: "3" } });
});
