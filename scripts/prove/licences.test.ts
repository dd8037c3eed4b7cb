import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { reportProof } from "@/e2e/report-proof";
import { allows, licences } from "./licences";

it("every package of the lock file is under a licence that is allowed, or an exception with its reason", () => {
  const lock = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, "../../package-lock.json"), "utf8")) as Parameters<typeof licences>[0];
  const { packages, refused, unused } = licences(lock);
  expect(packages).toBeGreaterThan(500);
  expect([refused, unused]).toEqual([[], []]);
  reportProof(`${packages} packages of the lock file`);
});

it("one choice of an OR is enough, each part of an AND must be allowed, and what names nothing is refused", () => {
  expect(["MIT", "(MIT OR GPL-3.0-only)", "MIT AND ISC"].map(allows)).toEqual([true, true, true]);
  expect(["GPL-3.0-only", "MIT AND AGPL-3.0-only", "SEE LICENSE IN x", ""].map(allows)).toEqual([false, false, false, false]);
  expect(licences({ packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b/node_modules/@c/d": { version: "2.0.0", license: "AGPL-3.0-only" } } }).refused).toEqual(["a@1.0.0 (no licence named)", "@c/d@2.0.0 (AGPL-3.0-only)"]);
});
