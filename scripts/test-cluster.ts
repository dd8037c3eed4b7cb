import { spawnSync } from "node:child_process";
import path from "node:path";
import { buildControlPlane } from "@/e2e/cluster/build";
import { generate } from "./generate";

// `npm run test:cluster`: the suite of e2e/cluster on a real control plane, or on the cluster that KUBECONFIG names.
// `npm run test:cluster -- control-plane` runs only the files whose names hold that.
const root = path.resolve(import.meta.dirname, "..");
generate(root);
try {
  // Before vitest, so that a build that fails is the first and only thing said.
  if (!process.env.KUBECONFIG) await buildControlPlane((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
// On a reader's cluster each case is named, so that it is seen which were left out.
const reporter = process.env.KUBECONFIG ? ["--reporter", "verbose"] : [];
const result = spawnSync(process.execPath, [vitest, "run", "--project", "cluster", ...reporter, ...process.argv.slice(2)], { cwd: root, stdio: "inherit", env: { ...process.env, NODE_ENV: "test" } });
process.exit(result.status ?? 1);
