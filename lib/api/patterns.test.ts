import vm from "node:vm";
import { expect, it } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";

/** Every regular expression that an answer's or a request's schema checks text with. */
function patterns(): string[] {
  const found = new Set<string>();
  JSON.stringify(openApiDocument("http://127.0.0.1"), (key, value: unknown) => {
    if (key === "pattern" && typeof value === "string") found.add(value);
    return value;
  });
  return [...found];
}

const MANY = 50_000;
/** What makes expressions that can be read in several ways try all of them: long runs that almost match. */
const ALMOST = ["a", "A", "0", "-", ".", "/", " ", "_", "a-", "a.", "a/", "0.", "ab:", "%", "=", "+", "a@a."].flatMap((piece) => [piece.repeat(MANY), `${piece.repeat(MANY)}!`, `a@${piece.repeat(MANY)}\u0000`, `a${piece.repeat(MANY)}\n`]);
const DEADLINE_MS = 2000; // ten thousand times what any of them takes

it("no expression that checks what callers send can be kept busy by it", () => {
  const all = patterns();
  expect(all.length).toBeGreaterThan(10);
  const slow = all.filter((pattern) => {
    try {
      vm.runInNewContext("texts.forEach((text) => new RegExp(pattern, 'u').test(text))", { texts: ALMOST, pattern }, { timeout: DEADLINE_MS });
      return false;
    } catch (error) {
      if ((error as Error).name === "SyntaxError") throw error;
      return true;
    }
  });
  expect(slow).toEqual([]);
});

it("one that can be is found so", () => {
  expect(() => vm.runInNewContext("/^(a+)+$/.test(text)", { text: `${"a".repeat(60)}!` }, { timeout: 200 })).toThrow(/timed out/);
});
