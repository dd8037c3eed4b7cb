import { afterEach, expect, it, vi } from "vitest";
import { forgetRecords, keepRecord, readRecords } from "./upload-record";

function browser() {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v), removeItem: (k: string) => void kept.delete(k) });
  return kept;
}
afterEach(() => vi.unstubAllGlobals());
const record = (owner: string) => ({ id: `of-${owner}`, project: "harbour", model: "vad", startedAtMs: 1000, owner, files: [{ path: "secret-plan.onnx", sizeBytes: 1, modifiedMs: 1, uploadUrl: null }] });

it("signing out leaves nothing of anybody's uploads in the browser, and nothing else is lost", () => {
  const kept = browser();
  kept.set("theme", "dark");
  keepRecord("of-ada", record("ada"));
  keepRecord("of-mia", record("mia"));
  expect(readRecords("ada", 2000)).toHaveLength(1);
  forgetRecords();
  expect([...kept]).toEqual([["theme", "dark"]]);
  expect(readRecords("ada", 2000)).toEqual([]);
});

it("one person's uploads are not shown to the next who signs in at the same browser", () => {
  browser();
  keepRecord("of-ada", record("ada"));
  expect(readRecords("mia", 2000)).toEqual([]);
});

it("a browser without storage signs out all the same", () => {
  vi.stubGlobal("localStorage", { removeItem: () => { throw new Error("forbidden"); } });
  expect(() => forgetRecords()).not.toThrow();
});
