import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Numbers of ASVS 5.0.0, from the standard's own list (OWASP/ASVS, 5.0/docs_en): all of level 1, and level 2 of chapters 5 to 9. */
const LEVEL_1 = [
  "1.2.1-5", "1.3.1-2", "1.5.1", "2.1.1", "2.2.1-2", "2.3.1", "3.2.1-2", "3.3.1", "3.4.1-2", "3.5.1-3", "4.1.1", "4.4.1", "5.2.1-2", "5.3.1-2", "6.1.1", "6.2.1-8", "6.3.1-2", "6.4.1-2", "7.2.1-4", "7.4.1-2",
  "8.1.1", "8.2.1-2", "8.3.1", "9.1.1-3", "9.2.1", "10.4.1-5", "11.3.1-2", "11.4.1", "12.1.1", "12.2.1-2", "13.4.1", "14.2.1", "14.3.1", "15.1.1", "15.2.1", "15.3.1",
];
const LEVEL_2 = ["5.1.1", "5.2.3", "5.4.1-3", "6.1.2-3", "6.2.9-12", "6.3.3-4", "6.4.3-4", "6.5.1-5", "6.6.1-3", "6.8.1-4", "7.1.1-3", "7.3.1-2", "7.4.3-5", "7.5.1-2", "7.6.1-2", "8.1.2", "8.2.3", "8.4.1", "9.2.2-4"];
const spread = (ranges: string[]) => ranges.flatMap((range) => {
  const [, section, from, to] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/.exec(range)!;
  return Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, i) => `${section}.${Number(from) + i}`);
});

const rows = [...fs.readFileSync(path.join(root, "docs/asvs.md"), "utf8").matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, number, level, words, status, shown]) => ({ number: number!, level: level!, words: words!, status: status!, files: [...shown!.matchAll(/`([^`]+)`/g)].map((f) => f[1]!) }));

it("every requirement of level 1, and of level 2 where we say so, has one row under its own number", () => {
  expect(spread(LEVEL_1)).toHaveLength(70);
  const of = (level: string) => rows.filter((r) => r.level === level).map((r) => r.number).sort();
  expect(of("1")).toEqual(spread(LEVEL_1).sort());
  expect(of("2")).toEqual(spread(LEVEL_2).sort());
});

it("what is met names a test or a file that is there; what is not says why", () => {
  for (const row of rows) {
    expect(row.status, row.number).toMatch(/^met($|[: ])|^(not applicable|open): \S/);
    if (row.status.startsWith("met")) expect(row.files.length, row.number).toBeGreaterThan(0);
    for (const file of row.files) expect(fs.existsSync(path.join(root, file)), `${row.number}: ${file}`).toBe(true);
  }
});

it("no weak hash is in the source (11.4.1)", () => {
  const weak: string[] = [];
  for (const folder of ["lib", "services", "app"]) {
    for (const name of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(name) || /\.test\.|generated\//.test(name)) continue;
      if (/create(Hash|Hmac)\(\s*["'`](md4|md5|sha1|ripemd\w*)["'`]/i.test(fs.readFileSync(path.join(root, folder, name), "utf8"))) weak.push(`${folder}/${name}`);
    }
  }
  expect(weak).toEqual([]);
});
