import fs from "node:fs";
import type { Part } from "./part";

/** What comes from outside: hostile and damaged files, other people's packages. */
export const inputs: Part[] = [
  { name: "inspection", claim: "Inspection of a damaged model file never crashes, hangs or grows", args: ["--project", "unit", "lib/models/inspect/fuzz.test.ts"], env: { PROVE_FUZZ: process.env.PROVE_FUZZ ?? "20000" } },
  { name: "licences", claim: "Every package of the lock file is under an allowed licence, or an exception with its reason", args: ["--project", "unit", "scripts/prove/licences.test.ts"] },
  {
    name: "opencost", claim: "A real OpenCost, built from its source over a real Prometheus, is read as the recorded answer is: each deployment's cost, idle and foreign workloads apart", args: ["--project", "cluster", "e2e/cluster/opencost"], env: { PROVE_OPENCOST: process.env.PROVE_OPENCOST ?? "4" },
    missing: () => (fs.existsSync(process.env.SLIPWAY_TEST_PROMETHEUS ?? "/usr/bin/prometheus") ? null : "no Prometheus here: install it, or name it by SLIPWAY_TEST_PROMETHEUS"),
  },
];
