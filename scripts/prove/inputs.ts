import { spawnSync } from "node:child_process";
import fs from "node:fs";
import type { Part } from "./part";

/** What comes from outside: hostile and damaged files, other people's packages. */
export const inputs: Part[] = [
  { name: "inspection", claim: "Inspection of a damaged model file never crashes, hangs or grows", args: ["--project", "unit", "lib/models/inspect/fuzz.test.ts"], env: { PROVE_FUZZ: process.env.PROVE_FUZZ ?? "112000" } },
  { name: "promql", claim: "No name of a namespace or deployment becomes syntax of a query to Prometheus", args: ["--project", "unit", "lib/observability/promql/label-input.test.ts"], env: { PROVE_PROMQL: process.env.PROVE_PROMQL ?? "1000000" } },
  {
    name: "real-servers", claim: "Measures that a real Prometheus has of FastAPI, Flask, BentoML and MLServer, from their own packages, are what was sent: traffic and errors within the extrapolation of rates, percentiles within the servers' own buckets",
    args: ["--project", "process", "e2e/process/real-servers"], env: { PROVE_REAL_SERVERS: "1" },
    missing: () => (!fs.existsSync(process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus") ? "no Prometheus here: install it, or name it by SLIPWAY_TEST_PROMETHEUS" : spawnSync("python3", ["-m", "venv", "--help"]).status !== 0 ? "no Python with venv here" : null),
  },
  { name: "advisories", claim: "No package of the lock file is below the version that mends its known incidents; where the registry answers, it knows no high or critical advisory of any", args: ["--project", "unit", "scripts/prove/advisories.test.ts"], env: { PROVE_AUDIT: "1" } },
  { name: "sbom", claim: "The bill of materials that `npm run sbom` writes holds what the lock file holds", args: ["--project", "unit", "scripts/prove/bill-of-materials.test.ts"] },
  { name: "mutation", claim: "At least 80 % of small changes to the pure core of each area named are noticed by the unit tests beside it (words for people are not changed)", script: "scripts/prove/mutation.ts", args: [] },
  { name: "lead-lists", claim: "A list of 50,000 rows whose worker is killed with -9 in the middle is taken over without a double, and refused rows say why", args: ["--project", "db", "lib/leads/import/run-lists.db.test.ts"], env: { PROVE_LIST_ROWS: process.env.PROVE_LIST_ROWS ?? "50000" } },
  { name: "licences", claim: "Every package of the lock file is under an allowed licence, or an exception with its reason", args: ["--project", "unit", "scripts/prove/licences.test.ts"] },
  {
    name: "opencost", claim: "A real OpenCost, built from its source over a real Prometheus, is read as the recorded answer is: each deployment's cost, idle and foreign workloads apart", args: ["--project", "cluster", "e2e/cluster/opencost"], env: { PROVE_OPENCOST: process.env.PROVE_OPENCOST ?? "4" },
    missing: () => (fs.existsSync(process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus") ? null : "no Prometheus here: install it, or name it by SLIPWAY_TEST_PROMETHEUS"),
  },
];
