import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { INCIDENTS } from "./incidents";
import { verdict, word } from "./write-immunity";

const row = { incident: "x", cause: "y", immune: "z", tests: [{ file: "a.test.ts", name: "CVE-1" }, { file: "b.test.ts", name: "" }] };
const ran = (...list: [string, string, string][]) => ({ testResults: list.map(([name, fullName, status]) => ({ name: `/r/${name}`, assertionResults: [{ fullName, status }] })) });

describe("docs/immunity.md", () => {
  it("a failure shows, and a test that did not run is no proof", () => {
    expect(word(row, verdict(row, ran(["a.test.ts", "CVE-1 > t", "passed"], ["b.test.ts", "t", "passed"])))).toBe("2 passed");
    expect(word(row, verdict(row, ran(["a.test.ts", "CVE-1 > t", "failed"], ["b.test.ts", "t", "passed"])))).toMatch(/1 of 2 failed/);
    expect(word(row, verdict(row, ran(["a.test.ts", "CVE-2 > t", "passed"], ["b.test.ts", "t", "passed"])))).toBe("1 passed, 1 did not run");
    expect(word({ ...row, tests: [], pending: "later" }, { passed: 0, failed: 0, other: 0 })).toBe("pending: later");
  });

  it("names only tests that are there, and a row without one says what is missing", () => {
    const root = path.resolve(import.meta.dirname, "../..");
    for (const i of INCIDENTS) {
      expect(i.tests.length > 0 || Boolean(i.pending), i.incident).toBe(true);
      for (const { file, name } of i.tests) expect(fs.readFileSync(path.join(root, file), "utf8").includes(name), `${file}: ${name}`).toBe(true);
    }
  });
});
