import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { judgeMutants, MUTATED } from "./mutation-score";

it("counts what no test runs against us, what hangs for us, and an area without mutants as nothing shown", () => {
  const of = (file: string, ...statuses: string[]) => statuses.map((status) => ({ file, status }));
  const mutants = [...of("a.ts", "Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "Ignored", "RuntimeError"), ...of("b.ts", "Killed"), ...of("other.ts", "Survived")];
  expect(judgeMutants(mutants, { a: ["a.ts"], ab: ["a.ts", "b.ts"], none: ["c.ts"] })).toEqual([{ area: "a", counted: 4, percent: 50 }, { area: "ab", counted: 5, percent: 60 }, { area: "none", counted: 0, percent: 0 }]);
});

it("every file that is mutated is there", () => {
  for (const file of Object.values(MUTATED).flat()) expect(fs.existsSync(path.resolve(import.meta.dirname, "../..", file)), file).toBe(true);
});
