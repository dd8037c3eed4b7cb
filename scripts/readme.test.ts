import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const readme = read("README.md");

test("the README's table holds every environment variable there is, and no other", () => {
  const known = [...read("lib/env.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((m) => m[1]!);
  const told = [...readme.split("## Environment")[1]!.split("\n## ")[0]!.matchAll(/^\| (.+?) \|/gm)].flatMap((m) => [...m[1]!.matchAll(/`([A-Z_]+)`/g)].map((name) => name[1]!));
  expect(known.length).toBeGreaterThan(15);
  expect([...told].sort()).toEqual([...known].sort());
});

test("every file and folder that the README and the architecture page link to exists", () => {
  for (const [file, text] of [["README.md", readme], ["docs/architecture.md", read("docs/architecture.md")]] as const) {
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) expect(fs.existsSync(path.resolve(root, path.dirname(file), target!)), `${file}: ${target}`).toBe(true);
  }
});
