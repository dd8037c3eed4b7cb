import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { generate } from "./generate";

// `npm run prove`: the suites that draw their cases at random, with the counts they are meant for. Writes docs/proofs.md.
const root = path.resolve(import.meta.dirname, "..");
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const uploads = process.env.PROVE_UPLOADS ?? "200";
const fuzz = process.env.PROVE_FUZZ ?? "20000";

const SUITES = [
  { name: "inspection never crashes, hangs or grows", count: `${fuzz} damaged files`, args: ["--project", "unit", "lib/models/inspect/fuzz.test.ts"], env: { PROVE_FUZZ: fuzz } },
  { name: "an interrupted upload resumes to the same digest", count: `${uploads} cut uploads`, args: ["lib/uploads/tus-server.test.ts"], env: { PROVE_UPLOADS: uploads } },
  { name: "kill -9 loses nothing and doubles nothing", count: "every process, and all at once", args: ["--project", "process"], env: {} },
];

generate(root);
const rows: string[] = [];
let failed = 0;
for (const suite of SUITES) {
  console.log(`\n── ${suite.name}: ${suite.count}`);
  const began = Date.now();
  const result = spawnSync(process.execPath, [vitest, "run", "--testTimeout", "3600000", ...suite.args], { cwd: root, stdio: "inherit", env: { ...process.env, NODE_ENV: "test", ...suite.env } });
  const held = result.status === 0;
  if (!held) failed++;
  rows.push(`| ${suite.name} | ${suite.count} | ${held ? "held" : "FAILED"} | ${((Date.now() - began) / 1000).toFixed(1)} s |`);
}

const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() || "";
const commit = `${git("rev-parse", "--short", "HEAD") || "unknown"}${git("status", "--porcelain", "--untracked-files=no") ? ", with uncommitted changes" : ""}`;
fs.writeFileSync(path.join(root, "docs/proofs.md"), `# Proofs\n\nWritten by \`npm run prove\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}.\n\n| what | cases | outcome | time |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`);
console.log(`\nproofs: ${SUITES.length - failed} held, ${failed} failed; docs/proofs.md is written`);
process.exit(failed === 0 ? 0 : 1);
