import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildAddOneModel, buildMatMulModel } from "@/lib/samples/build-onnx";
import { type Bench, median, PROJECT, quantile, type Result } from "./context";
import { startByHand, timedRequest } from "./model-server";

const SIZE = 768;
const infer = (name: string) => `/v2/models/${name}/infer`;
const question = (size: number) => JSON.stringify({ inputs: [{ name: "input", datatype: "FP32", shape: [1, size], data: Array.from({ length: size }, (_, i) => Math.sin(i)) }] });

/** Puts a model up as a version and deploys it; returns milliseconds from the deploy request to the first answer. */
export async function deployAndAsk({ slipway }: Bench, name: string, bytes: Uint8Array, body: string): Promise<number> {
  const project = `/api/v1/projects/${PROJECT}`;
  if ((await slipway.api("GET", `${project}/models/${name}`)).status === 404) {
    await slipway.must("POST", `${project}/models`, { name });
    await slipway.must("POST", `${project}/models/${name}/versions?filename=model.onnx`, bytes);
  }
  const began = performance.now();
  await slipway.must("POST", `${project}/deployments`, { name, model: name, version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
  for (;;) {
    const took = await timedRequest(`${slipway.gateway}/serve/${PROJECT}/${name}${infer(name)}`, { body, headers: { authorization: `Bearer ${slipway.token}` } }).catch(() => null);
    if (took !== null) return performance.now() - began;
    if (performance.now() - began > 60_000) throw new Error(`${name} did not answer in 60 s`);
    await sleep(10);
  }
}

export async function remove({ slipway }: Bench, name: string): Promise<void> {
  const url = `/api/v1/projects/${PROJECT}/deployments/${name}`;
  await slipway.must("DELETE", url);
  await slipway.until("GET", url, (a) => a.status === 404);
}

/** The same request, one at a time, through the gateway and straight to a model server started by hand, in alternation. */
async function compare(bench: Bench, name: string, bytes: Uint8Array, size: number, requests: number) {
  const file = path.join(bench.scratch, `${name}.onnx`);
  fs.writeFileSync(file, bytes);
  const body = question(size);
  await deployAndAsk(bench, name, bytes, body);
  const hand = await startByHand(name, file);
  try {
    const through = () => timedRequest(`${bench.slipway.gateway}/serve/${PROJECT}/${name}${infer(name)}`, { body, headers: { authorization: `Bearer ${bench.slipway.token}` } });
    const straight = () => timedRequest(hand.base + infer(name), { body });
    for (let i = 0; i < 50; i++) { await through(); await straight(); }
    const rounds = { through50: [] as number[], through99: [] as number[], straight50: [] as number[], straight99: [] as number[] };
    for (let round = 0; round < bench.rounds; round++) {
      const a: number[] = [];
      const b: number[] = [];
      for (let i = 0; i < requests; i++) { a.push(await through()); b.push(await straight()); }
      rounds.through50.push(median(a)); rounds.through99.push(quantile(a, 0.99));
      rounds.straight50.push(median(b)); rounds.straight99.push(quantile(b, 0.99));
    }
    return { through50: median(rounds.through50), through99: median(rounds.through99), straight50: median(rounds.straight50), straight99: median(rounds.straight99) };
  } finally {
    hand.child.kill("SIGKILL");
    await remove(bench, name);
  }
}

/** How often the matrix must be applied so that a request takes 5 ms on this machine, straight to the model server: tried, and corrected by what came out. */
async function repeatsForFiveMs(bench: Bench): Promise<number> {
  let repeats = 40;
  for (let attempt = 0; attempt < 4; attempt++) {
    const took = await straightMs(bench, repeats);
    if (Math.abs(took - 5) < 0.25) break;
    repeats = Math.max(1, Math.round((repeats * 5) / took));
  }
  return repeats;
}

async function straightMs(bench: Bench, repeats: number): Promise<number> {
  const file = path.join(bench.scratch, "calibrate.onnx");
  fs.writeFileSync(file, buildMatMulModel({ size: SIZE, repeats }));
  const hand = await startByHand("calibrate", file);
  try {
    const took: number[] = [];
    for (let i = 0; i < 150; i++) took.push(await timedRequest(hand.base + infer("calibrate"), { body: question(SIZE) }));
    return median(took.slice(50));
  } finally {
    hand.child.kill("SIGKILL");
  }
}

export async function predict(bench: Bench): Promise<Result[]> {
  const requests = bench.quick ? 100 : 300;
  const ms = (v: number) => `${v.toFixed(3)} ms`;
  const tiny = await compare(bench, "tiny", buildAddOneModel({ size: 4 }), 4, requests);
  const five = await compare(bench, "five", buildMatMulModel({ size: SIZE, repeats: await repeatsForFiveMs(bench) }), SIZE, requests);
  const added = tiny.through50 - tiny.straight50;
  const p50 = five.through50 / five.straight50;
  const p99 = five.through99 / five.straight99;
  return [
    { name: "predict, tiny model: p50 added by the gateway", value: added, unit: "ms", goal: "≤ 0.35 ms", met: added <= 0.35, values: { gateway: ms(tiny.through50), straight: ms(tiny.straight50) } },
    { name: "predict, 5 ms model: p50 through the gateway / straight", value: p50, unit: "×", goal: "≤ 1.1", met: p50 <= 1.1, values: { gateway: ms(five.through50), straight: ms(five.straight50) } },
    { name: "predict, 5 ms model: p99 through the gateway / straight", value: p99, unit: "×", goal: "≤ 1.5", met: p99 <= 1.5, values: { gateway: ms(five.through99), straight: ms(five.straight99) } },
  ];
}
