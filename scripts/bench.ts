import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { atScale } from "./bench/at-scale";
import { type Bench, open, type Result } from "./bench/context";
import { costsAtScale } from "./bench/costs";
import { deploy } from "./bench/deploy";
import { observe } from "./bench/observe";
import { predict } from "./bench/predict";
import { publicPages } from "./bench/public-pages";
import { report } from "./bench/report";
import { uploadMemory } from "./bench/upload-memory";
import { uploadSpeed } from "./bench/upload-speed";

// `npm run bench -- [--quick] [--only name] [--out file]`: a whole Slipway in a directory of its own, measured from outside.
const STEPS: Record<string, (bench: Bench) => Promise<Result[]>> = { predict, deploy, upload: uploadSpeed, memory: uploadMemory, scale: atScale, costs: costsAtScale, observe, public: publicPages };

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
const opening = open(quick);
// What was started is taken down whenever it is interrupted, also while it still starts: it runs in a group of its own, which Ctrl-C does not reach.
let interrupted = false;
const stop = () => {
  interrupted = true;
  console.error("\nInterrupted: taking down what was started");
  void opening.then(({ slipway, pool }) => pool.end().catch(() => undefined).then(() => slipway.dispose())).catch(() => undefined).then(() => process.exit(1));
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
const bench = await opening;
const results: Result[] = [];
const failures: { name: string; why: string }[] = [];
let left = true;
// Written after every measure: what was measured stays when a later one fails or is interrupted.
const write = () => {
  const reached = Object.keys(STEPS).slice(0, begun);
  const ahead = only === null ? Object.keys(STEPS).filter((name) => !reached.includes(name)).map((name) => ({ name, why: "the run ended before it" })) : [];
  fs.writeFileSync(out, report(results, [...failures, ...ahead], { loadAtStart, quick, rounds: bench.rounds, only }));
};
let begun = 0;
const clean = async () => {
  if (!left) return;
  left = false;
  await bench.pool.end().catch(() => undefined);
  await bench.slipway.dispose();
};
try {
  for (const [name, step] of Object.entries(STEPS)) {
    begun++;
    if (only !== null && name !== only) continue;
    const began = performance.now();
    console.log(`\n── ${name}`);
    try {
      const measured = await step(bench);
      results.push(...measured);
      for (const r of measured) console.log(`${r.met ? "met   " : "MISSED"} ${r.name}: ${r.value.toFixed(3)} ${r.unit} (goal ${r.goal})`);
    } catch (error) {
      if (interrupted) await new Promise(() => undefined); // `stop` ends the process; what broke meanwhile was not measured
      const why = (error instanceof Error ? error.message : String(error)).split("\n")[0]!.replaceAll(bench.slipway.dir, "<data>");
      failures.push({ name, why });
      console.error(`NOT MEASURED ${name}: ${why}`);
    }
    console.log(`   ${((performance.now() - began) / 1000).toFixed(1)} s`);
    write();
  }
} finally {
  await clean();
}
console.log(`\nWritten: ${path.relative(process.cwd(), out)}`);
process.exit(failures.length === 0 ? 0 : 1);
