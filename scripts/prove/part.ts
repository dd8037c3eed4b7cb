import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One part of `npm run prove`: a suite of the repository run with its full counts. */
export type Part = {
  /** For --only. */
  name: string;
  /** What it shows, as a sentence without a full stop. */
  claim: string;
  /** Arguments of `vitest run`; of the script, where one is named. */
  args: string[];
  /** A script of the repository that is run in the place of Vitest. */
  script?: string;
  /** What the suite reads its counts from. */
  env?: Record<string, string>;
  /** It starts a whole Slipway: pages and processes are built first. */
  needsBuild?: boolean;
  /** Why it cannot run here; null: it can. */
  missing?: () => string | null;
};

/** What a suite told by e2e/report-proof.ts: never more than it counted itself. */
export type Outcome = { outcome: "held" | "FAILED" | "not run"; cases: string[]; seconds: number };

export function runPart(root: string, part: Part): Outcome {
  const missing = part.missing?.() ?? null;
  if (missing !== null) return { outcome: "not run", cases: [missing], seconds: 0 };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-prove-"));
  const report = path.join(folder, "cases");
  const began = Date.now();
  try {
    const program = part.script ? ["--import", "tsx", path.join(root, part.script)] : [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--testTimeout", "14400000", "--hookTimeout", "1200000"];
    const result = spawnSync(process.execPath, [...program, ...part.args], {
      cwd: root, stdio: "inherit", env: { ...process.env, NODE_ENV: "test", ...part.env, PROVE_REPORT: report },
    });
    const cases = fs.existsSync(report) ? fs.readFileSync(report, "utf8").trim().split("\n") : [];
    return { outcome: result.status === 0 ? "held" : "FAILED", cases, seconds: (Date.now() - began) / 1000 };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
