import { spawnSync } from "node:child_process";
import path from "node:path";
import { build } from "./build";
import { generate } from "./generate";
import { runPart, type Outcome } from "./prove/part";
import { parts } from "./prove/parts";
import { writeProofs } from "./prove/proofs-file";

// `npm run prove`: the suites that draw their cases at random, with the counts they are meant for. Writes docs/proofs.md.
// `npm run prove -- --only NAME` (more than once, if so wanted) runs parts of it; `--list` names them.
// PROVE_MINUTES ends the long ones after so many minutes; what they had done by then is what is written.
const root = path.resolve(import.meta.dirname, "..");
const asked = process.argv.slice(2);
if (asked.includes("--list")) {
  for (const part of parts) console.log(`${part.name.padEnd(16)} ${part.claim}`);
  process.exit(0);
}
const only = asked.filter((a) => a !== "--only");
const unknown = only.filter((name) => !parts.some((p) => p.name === name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${parts.map((p) => p.name).join(", ")}`);
  process.exit(2);
}

const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() || "";
const commit = `${git("rev-parse", "--short", "HEAD") || "unknown"}${git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/proofs.md") ? ", changed" : ""}`;
const file = path.join(root, "docs/proofs.md");
const chosen = parts.filter((p) => only.length === 0 || only.includes(p.name));
// Once and here: within a suite, a build on a loaded machine would use up the time meant for it.
if (chosen.some((p) => p.needsBuild)) await build(root);
else generate(root);
const outcomes = new Map<string, Outcome>();
for (const part of chosen) {
  console.log(`\n── ${part.name}: ${part.claim}`);
  outcomes.set(part.name, runPart(root, part));
  // After each: a run that is cut off keeps what it has shown.
  writeProofs(file, parts, outcomes, { date: new Date().toISOString().slice(0, 10), commit });
}

console.log("");
for (const [name, o] of outcomes) console.log(`${o.outcome.padEnd(7)} ${name.padEnd(16)} ${o.seconds.toFixed(1).padStart(7)} s  ${o.cases.join("; ")}`);
const failed = [...outcomes.values()].filter((o) => o.outcome === "FAILED").length;
console.log(`proofs: ${outcomes.size - failed} of ${outcomes.size} without a failure; docs/proofs.md is written`);
process.exit(failed === 0 ? 0 : 1);
