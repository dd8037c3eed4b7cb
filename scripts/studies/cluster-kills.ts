import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { provenance } from "./provenance";

// `tsx scripts/studies/cluster-kills.ts`: the kills of the cluster suite on a real control plane, at every write of every operation. Writes the
// study's data, which is only there when all of them held. Needs what `npm run test:cluster` needs.
const root = path.resolve(import.meta.dirname, "../..");
const from = provenance();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-study-"));
const file = path.join(folder, "kills.json");
try {
  const run = spawnSync(process.execPath, ["--import", "tsx", path.join(root, "scripts/test-cluster.ts"), "e2e/cluster/workers", "-t", "killed with -9 at every write"], { cwd: root, stdio: "inherit", env: { ...process.env, STUDY_FILE: file } });
  if (run.status !== 0) throw new Error("a kill did not hold, or the suite could not run: nothing is written");
  const kills = JSON.parse(fs.readFileSync(file, "utf8")) as unknown[];
  const out = path.join(root, "content/case-studies/killed-workers-cluster.json");
  fs.writeFileSync(out, `${JSON.stringify({ ...from, kills }, null, 1)}\n`);
  console.log(`Written: ${path.relative(process.cwd(), out)}`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
