import { describe, expect, it } from "vitest";
import { relativeWords } from "./relative-time";

describe("relative time", () => {
  const now = Date.UTC(2026, 10, 24, 12);
  it.each([[-3, "just now"], [-42, "42 s ago"], [-120, "2 min ago"], [-7200, "2 h ago"], [-86_400, "1 d ago"], [300, "in 5 min"], [-86_400 * 40, "2026-10-15"]])("says %d seconds as “%s”", (seconds, words) => {
    expect(relativeWords(now + seconds * 1000, now)).toBe(words);
  });
  it("never rounds up to a unit that has not passed", () => {
    expect(relativeWords(now - 119_000, now)).toBe("1 min ago");
  });
});
