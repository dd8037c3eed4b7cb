import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { StoredHostileSet } from "./__corpus__/write-hostile";
import { inspectSet } from "./inspect-set";
import { openReadable } from "./read-file";

// Of processor time, which other work on the machine does not stretch; the readers' own deadline is on the clock.
const MAX_CPU_MICROSECONDS_PER_FILE = 2_000_000;
const MAX_GROWTH_KIB = 256 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
execFileSync(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "__corpus__/write-hostile.ts"), folder]);
const corpus = JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8")) as StoredHostileSet[];
afterAll(() => rmSync(folder, { recursive: true }));

test("the corpus is as large as promised, and every name in it is its own", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(40);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

test.each(corpus.map((set) => [set.name, set] as const))("%s is never accepted, in bounded time and memory", async (_name, set) => {
  await using open = new AsyncDisposableStack();
  const files = await Promise.all(set.files.map(async (file) => open.use(await openReadable(path.join(folder, file.stored), file.path))));
  const peakBefore = process.resourceUsage().maxRSS;
  const started = process.cpuUsage();
  const inspection = await inspectSet(files);
  const { user, system } = process.cpuUsage(started);
  expect(user + system).toBeLessThan(MAX_CPU_MICROSECONDS_PER_FILE * files.length);
  expect(process.resourceUsage().maxRSS - peakBefore).toBeLessThan(MAX_GROWTH_KIB);
  const codes = inspection.findings.map(({ code }) => code);
  // On a machine that is busy with other things the readers' clock may run out first: that refusal is as good.
  if (codes.length === 1 && codes[0] === "too_slow") expect(inspection.verdict).toBe("refused");
  else expect({ verdict: inspection.verdict, codes }).toEqual({ verdict: set.verdict, codes: expect.arrayContaining([set.code]) });
  for (const { message } of inspection.findings) expect(message).toMatch(/^[^\u0000-\u001f]{20,}$/);
});
