import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { parts } from "./parts";
import { writeProofs } from "./proofs-file";

it("a run of one part writes its row anew and leaves the others", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-proofs-"));
  const file = path.join(folder, "proofs.md");
  const two = ["a", "b"].map((name) => ({ name, claim: `Claim ${name}`, args: [] }));
  const held = (cases: string) => ({ outcome: "held" as const, cases: [cases], seconds: 1 });
  writeProofs(file, two, new Map([["a", held("10 kills")], ["b", held("20 kills")]]), { date: "2026-11-01", commit: "abc" });
  fs.appendFileSync(file, "\nWhat a person wrote.\n");
  writeProofs(file, two, new Map([["b", { outcome: "FAILED", cases: [], seconds: 2 }]]), { date: "2026-11-02", commit: "def" });
  const rows = fs.readFileSync(file, "utf8").split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual(["| `a` | Claim a | 10 kills | held | 1.0 s | 2026-11-01 | abc |", "| `b` | Claim b | as in CI | FAILED | 2.0 s | 2026-11-02 | def |"]);
  expect(fs.readFileSync(file, "utf8")).toMatch(/\| def \|\n\nWhat a person wrote\.\n$/);
  fs.rmSync(folder, { recursive: true });
});

it("no two parts have one name", () => {
  expect(new Set(parts.map((p) => p.name)).size).toBe(parts.length);
});
