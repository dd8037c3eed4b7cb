import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { atScale } from "./bench/at-scale";
import { type Bench, open, type Result } from "./bench/context";
import { deploy } from "./bench/deploy";
import { predict } from "./bench/predict";
import { report } from "./bench/report";
import { uploadMemory } from "./bench/upload-memory";
import { uploadSpeed } from "./bench/upload-speed";

// `npm run bench -- [--quick] [--only name] [--out file]`: a whole Slipway in a directory of its own, measured from outside.
const STEPS: Record<string, (bench: Bench) => Promise<Result[]>> = { predict, deploy, upload: uploadSpeed, memory: uploadMemory, scale: atScale };

const args = process.argv.slice(2);
const after = (flag: string) => (args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? "") : null);
const quick = args.includes("--quick");
const only = after("--only");
const out = after("--out") ?? path.resolve(import.meta.dirname, "../docs/benchmarks.md");
if (only !== null && !(only in STEPS)) {
  console.error(`There is no measure "${only}". Measures: ${Object.keys(STEPS).join(", ")}`);
  process.exit(2);
}

const loadAtStart = os.loadavg()[0]!;
console.log(`Load average ${loadAtStart.toFixed(2)} on ${os.availableParallelism()} cores${loadAtStart > os.availableParallelism() / 4 ? ": busy, so the figures will be noisy" : ""}`);
console.log("Starting a Slipway of its own");
const bench = await open(quick);
const results: Result[] = [];
const failures: { name: string; why: string }[] = [];
let left = true;
const clean = async () => {
  if (!left) return;
  left = false;
  await bench.pool.end().catch(() => undefined);
  await bench.slipway.dispose();
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void clean().then(() => process.exit(1)));
try {
  for (const [name, step] of Object.entries(STEPS)) {
    if (only !== null && name !== only) continue;
    const began = performance.now();
    console.log(`\n── ${name}`);
    try {
      const measured = await step(bench);
      results.push(...measured);
      for (const r of measured) console.log(`${r.met ? "met   " : "MISSED"} ${r.name}: ${r.value.toFixed(3)} ${r.unit} (goal ${r.goal})`);
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split("\n")[0]!.replaceAll(bench.slipway.dir, "<data>");
      failures.push({ name, why });
      console.error(`NOT MEASURED ${name}: ${why}`);
    }
    console.log(`   ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await clean();
}
fs.writeFileSync(out, report(results, failures, { loadAtStart, quick, rounds: bench.rounds, only }));
console.log(`\nWritten: ${path.relative(process.cwd(), out)}`);
process.exit(failures.length === 0 ? 0 : 1);
