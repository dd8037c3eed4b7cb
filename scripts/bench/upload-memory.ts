import fs from "node:fs";
import { Readable } from "node:stream";
import { type Bench, median, PROJECT, type Result, webPid } from "./context";
import { safetensors, upload } from "./large-file";

/** Peak resident memory of web (VmHWM, reset before each) during a large and a small upload. The content repeats, so the disk holds it once. */
export async function uploadMemory({ slipway, quick, rounds }: Bench): Promise<Result[]> {
  const [large, small] = quick ? [800e6, 8e6] : [8e9, 80e6];
  const models = `/api/v1/projects/${PROJECT}/models`;
  await slipway.must("POST", models, { name: "memory" });
  const peak = async (bytes: number) => {
    const pid = webPid(slipway);
    fs.writeFileSync(`/proc/${pid}/clear_refs`, "5");
    const file = safetensors(bytes, bytes);
    // A version of the same content may be refused as already there; the body was received all the same.
    await upload(`${slipway.base}${models}/memory/versions?filename=w.safetensors`, slipway.token, Readable.from(file.chunks()), file.sizeBytes);
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
  };
  await peak(small);
  const peaks = { large: [] as number[], small: [] as number[] };
  // Three rounds: a fourth and fifth of the large one would take longer than everything else together.
  for (let round = 0; round < Math.min(3, rounds); round++) {
    peaks.small.push(await peak(small));
    peaks.large.push(await peak(large));
  }
  const ratio = median(peaks.large) / median(peaks.small);
  return [{ name: `peak memory of web, ${large / 1e9} GB / ${small / 1e6} MB upload`, value: ratio, unit: "×", goal: "≤ 1.1", met: ratio <= 1.1, values: { large: `${median(peaks.large).toFixed(0)} MiB`, small: `${median(peaks.small).toFixed(0)} MiB` }, note: "three rounds; a whole safetensors file, inspected and accepted" }];
}
