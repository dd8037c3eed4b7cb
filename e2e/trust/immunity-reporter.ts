import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { immunity, type Results } from "./write-immunity";

/** Given to `vitest run --reporter`, writes docs/immunity.md from what ran. */
export default class ImmunityReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const root = path.resolve(import.meta.dirname, "../..");
    const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() || "unknown";
    const results: Results = {
      testResults: modules.map((m) => ({ name: m.moduleId, assertionResults: [...m.children.allTests()].map((t) => ({ fullName: t.fullName, status: t.result().state })) })),
    };
    const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs") !== "unknown";
    fs.writeFileSync(path.join(root, "docs/immunity.md"), immunity(results, { date: new Date().toISOString().slice(0, 10), commit: `${git("rev-parse", "--short", "HEAD")}${changed ? ", changed" : ""}` }));
  }
}
