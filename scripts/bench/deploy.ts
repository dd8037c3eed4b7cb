import fs from "node:fs";
import path from "node:path";
import { buildLinearModel } from "@/lib/samples/build-onnx";
import { type Bench, median, type Result } from "./context";
import { startByHand, timedRequest } from "./model-server";
import { deployAndAsk, remove } from "./predict";

/** From the deploy request to the first prediction, against starting the same model server by hand. */
export async function deploy(bench: Bench): Promise<Result[]> {
  const bytes = buildLinearModel({ inputs: 64, outputs: 8 });
  const file = path.join(bench.scratch, "first.onnx");
  fs.writeFileSync(file, bytes);
  const body = JSON.stringify({ inputs: [{ name: "input", datatype: "FP32", shape: [1, 64], data: Array.from({ length: 64 }, () => 0.5) }] });
  const ours: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < bench.rounds; round++) {
    ours.push(await deployAndAsk(bench, "first", bytes, body));
    await remove(bench, "first");
    const began = performance.now();
    const server = await startByHand("first", file);
    try {
      await timedRequest(`${server.base}/v2/models/first/infer`, { body });
      hand.push(performance.now() - began);
    } finally {
      server.child.kill("SIGKILL");
    }
  }
  const limit = median(hand) * 1.15 + 300;
  return [{ name: "deploy request to first prediction / model server by hand", value: median(ours) / median(hand), unit: "×", goal: `≤ 1.15 + 300 ms (here ${limit.toFixed(0)} ms)`, met: median(ours) <= limit, values: { deploy: `${median(ours).toFixed(0)} ms`, "by hand": `${median(hand).toFixed(0)} ms` } }];
}
