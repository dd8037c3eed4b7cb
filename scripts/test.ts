import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { build } from "./build";
import { aptInstall, ensureBrowser } from "./ensure-browser";
import { generate } from "./generate";

// `npm test`: everything, in the order in which a failure is cheapest to find. `npm test -- unit db` runs only the steps named.
const root = path.resolve(import.meta.dirname, "..");
const wanted = process.argv.slice(2);
const bin = (name: string) => path.join(root, "node_modules", name);
const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ORT_DISABLE_TELEMETRY: "1" };

function run(file: string, args: string[], extra: Record<string, string> = {}): void {
  const result = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: "inherit", env: { ...env, ...extra } });
  if (result.status !== 0) throw new Error(`ended with ${result.status ?? result.signal}`);
}

/** For steps that go side by side: what each says is shown whole, once it has ended. */
function runBeside(file: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], env });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => void said.push(part));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.stdout.write(Buffer.concat(said));
      if (code === 0) resolve();
      else reject(new Error(`ended with ${code ?? signal}`));
    });
  });
}

const vitest = (projects: string[], extra: Record<string, string> = {}) => run(bin("vitest/vitest.mjs"), ["run", ...projects.flatMap((p) => ["--project", p])], { NODE_ENV: "test", ...extra });

const STEPS: Record<string, () => void | Promise<void>> = {
  generate: () => void generate(root),
  typecheck: () => {
    // Of an earlier build: they name pages that may have moved since, and the build makes them anew.
    fs.rmSync(path.join(root, ".next/types"), { recursive: true, force: true });
    return runBeside(bin("typescript/bin/tsc"), ["--noEmit"]);
  },
  lint: () => runBeside(bin("eslint/bin/eslint.js"), ["."]),
  unit: () => {
    // Tests of connections over TLS make their certificates with it.
    if (spawnSync("openssl", ["version"]).status !== 0 && !aptInstall("openssl")) throw new Error("The tests need openssl: install it (Debian: apt-get install openssl), then run them again.");
    vitest(["unit"]);
  },
  database: () => vitest(["db"]),
  build: async () => void (await build(root)),
  processes: () => {
    if (!fs.existsSync("/usr/bin/prometheus") && !aptInstall("prometheus")) console.log("No Prometheus here: the comparison of quantiles with it is left out.");
    vitest(["kills", "process", "process-alone"]);
  },
  trust: () => {
    const chromium = ensureBrowser(root);
    vitest(["trust"], chromium ? { SLIPWAY_TEST_CHROMIUM: chromium } : {});
  },
  browser: () => {
    const chromium = ensureBrowser(root);
    run(bin("@playwright/test/cli.js"), ["test"], chromium ? { SLIPWAY_TEST_CHROMIUM: chromium } : {});
  },
};

/** Each keeps one processor busy, so two of them take as long as the longer one. */
const TOGETHER = ["typecheck", "lint"];

const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(", ")}. Steps: ${Object.keys(STEPS).join(", ")}`);
  process.exit(2);
}

const outcome: { name: string; ok: boolean; seconds: number; why?: string }[] = [];
async function take(name: string): Promise<void> {
  const began = Date.now();
  try {
    await STEPS[name]!();
    outcome.push({ name, ok: true, seconds: (Date.now() - began) / 1000 });
  } catch (error) {
    outcome.push({ name, ok: false, seconds: (Date.now() - began) / 1000, why: error instanceof Error ? error.message : String(error) });
  }
}

const chosen = Object.keys(STEPS).filter((name) => wanted.length === 0 || wanted.includes(name));
while (chosen.length > 0) {
  const now = chosen.splice(0, TOGETHER.includes(chosen[0]!) ? chosen.filter((name) => TOGETHER.includes(name)).length : 1);
  const title = now.join(", ");
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 60 - title.length))}`);
  await Promise.all(now.map(take));
  // What follows stands on these.
  if (outcome.some((o) => !o.ok && (o.name === "generate" || o.name === "build"))) break;
}

console.log("\n── what ran ──────────────────────────────────────────────────");
for (const o of outcome) console.log(`${o.ok ? "passed" : "FAILED"}  ${o.name.padEnd(10)} ${o.seconds.toFixed(1).padStart(7)} s${o.why ? `  ${o.why.split("\n")[0]}` : ""}`);
const failed = outcome.filter((o) => !o.ok).length;
console.log(`steps: ${outcome.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
