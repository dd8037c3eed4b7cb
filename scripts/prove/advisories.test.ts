import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { reportProof } from "@/e2e/report-proof";
import { ADVISORY_FLOORS, belowFloors, isAtLeast } from "./advisory-floors";
import type { Lock } from "./lock-file";

const root = path.resolve(import.meta.dirname, "../..");

it("every copy of a package with known incidents is at or above the version that mends them", () => {
  const { copies, below, unused } = belowFloors(JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lock);
  expect([below, unused]).toEqual([[], []]);
  expect(copies).toBeGreaterThanOrEqual(ADVISORY_FLOORS.length);
  reportProof(`${copies} copies of ${ADVISORY_FLOORS.length} packages at or above their patched versions`);
});

it("a copy deep in the tree counts, and a pre-release is below its release", () => {
  const floors = [{ package: "@a/b", atLeast: "2.10.0", why: "x" }, { package: "gone", atLeast: "1.0.0", why: "x" }];
  const found = belowFloors({ packages: { "": {}, "node_modules/@a/b": { version: "2.10.0" }, "node_modules/c/node_modules/@a/b": { version: "2.9.9" }, "node_modules/a/b": { version: "1.0.0" } } }, floors);
  expect(found).toEqual({ copies: 2, below: ["@a/b@2.9.9 is below 2.10.0"], unused: ["gone"] });
  expect([["2.10.0", "2.9.0"], ["3.0.0", "2.9.9"], ["2.9.0", "2.9.0"], ["2.8.9", "2.9.0"], ["2.9.0-rc.1", "2.9.0"]].map(([v, f]) => isAtLeast(v!, f!))).toEqual([true, true, true, false, false]);
});

// Asks the registry: only in `npm run prove`, since a test must not need it. Where it does not answer the row says so, and claims the floors alone.
it.runIf(process.env.PROVE_AUDIT)("the registry knows no high or critical advisory of any package of the lock file", () => {
  const ran = spawnSync("npm", ["audit", "--package-lock-only", "--audit-level=high", "--json"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, shell: process.platform === "win32" });
  const said = JSON.parse(ran.stdout || "{}") as { metadata?: { vulnerabilities: Record<"info" | "low" | "moderate" | "high" | "critical", number> }; message?: string };
  if (!said.metadata) return reportProof(`npm audit: no answer of the registry (${(said.message ?? ran.error?.message ?? "nothing said").split(" - ")[0]}), so nothing is known from it`);
  const { high, critical, moderate, low } = said.metadata.vulnerabilities;
  expect({ high, critical }).toEqual({ high: 0, critical: 0 });
  reportProof(`npm audit: 0 critical, 0 high, ${moderate} moderate, ${low} low`);
});
