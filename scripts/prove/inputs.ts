import type { Part } from "./part";

/** Hostile and damaged input. */
export const inputs: Part[] = [
  { name: "inspection", claim: "Inspection of a damaged model file never crashes, hangs or grows", args: ["--project", "unit", "lib/models/inspect/fuzz.test.ts"], env: { PROVE_FUZZ: process.env.PROVE_FUZZ ?? "20000" } },
];
