import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Bench, median, PROJECT, type Result } from "./context";
import { safetensors, upload } from "./large-file";

/** Upload through web (SHA-256, fsync, inspection) against cp, sha256sum and sync of the same file, one after the other in turn. */
export async function uploadSpeed({ slipway, quick, rounds, scratch }: Bench): Promise<Result[]> {
  const bytes = quick ? 200e6 : 2e9;
  const model = `/api/v1/projects/${PROJECT}/models`;
  await slipway.must("POST", model, { name: "speed" });
  const source = path.join(scratch, "source.safetensors");
  const copy = path.join(scratch, "copy.safetensors");
  const ours: number[] = [];
  const native: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const file = safetensors(bytes, round);
    await pipeline(Readable.from(file.chunks()), fs.createWriteStream(source, { flush: true }));
    const copyNatively = () => {
      const began = performance.now();
      for (const [command, ...args] of [["cp", source, copy], ["sha256sum", copy], ["sync", copy]] as const) {
        if (spawnSync(command, args, { stdio: "ignore" }).status !== 0) throw new Error(`${command} failed`);
      }
      native.push((performance.now() - began) / 1000);
      fs.rmSync(copy);
    };
    const send = async () => {
      ours.push(await upload(`${slipway.base}${model}/speed/versions?filename=w.safetensors`, slipway.token, fs.createReadStream(source, { highWaterMark: 1024 ** 2 }), file.sizeBytes));
      dropFromMemory(slipway.dataDir, bytes);
    };
    // Who goes first changes, so that neither always finds the disk quieter.
    if (round % 2 === 0) { copyNatively(); await send(); } else { await send(); copyNatively(); }
    fs.rmSync(source);
  }
  const ratio = median(native) / median(ours);
  return [{ name: `${bytes / 1e9} GB upload, throughput / native copy + sha256sum + sync`, value: ratio, unit: "×", goal: "≥ 0.8", met: ratio >= 0.8, values: { upload: `${median(ours).toFixed(2)} s`, native: `${median(native).toFixed(2)} s` } }];
}

/**
 * Takes the files that Slipway keeps out of the page cache, as deleting the copy does with its pages: a virtual machine has to ask its host
 * for each page that it has not used before, and what comes second would pay for it alone.
 */
function dropFromMemory(dataDir: string, bytes: number): void {
  for (const entry of fs.readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && fs.statSync(file).size >= bytes) spawnSync("dd", [`if=${file}`, "iflag=nocache", "count=0"], { stdio: "ignore" });
  }
}
