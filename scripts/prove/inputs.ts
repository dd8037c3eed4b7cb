import type { Part } from "./part";

/** What comes from outside: hostile and damaged files, other people's packages. */
export const inputs: Part[] = [
  { name: "inspection", claim: "Inspection of a damaged model file never crashes, hangs or grows", args: ["--project", "unit", "lib/models/inspect/fuzz.test.ts"], env: { PROVE_FUZZ: process.env.PROVE_FUZZ ?? "20000" } },
  { name: "licences", claim: "Every package of the lock file is under an allowed licence, or an exception with its reason", args: ["--project", "unit", "scripts/prove/licences.test.ts"] },
];
