import fc from "fast-check";
import { expect, it } from "vitest";
import { tickWords, timeTicks } from "@/components/charts/time-ticks";

const now = Date.UTC(2026, 10, 27, 17, 40);
const wordsOf = (span: number, most: number) => timeTicks(now - span, now, most, -new Date(now).getTimezoneOffset()).map((t) => tickWords(t, span));

it("no two ticks beside each other say the same", () => {
  fc.assert(fc.property(fc.integer({ min: 10_000, max: 120 * 86_400_000 }), fc.integer({ min: 1, max: 16 }), (span, most) => {
    const words = wordsOf(span, most);
    words.forEach((w, i) => { if (i > 0) expect(w).not.toBe(words[i - 1]); });
    expect(words.length).toBeLessThanOrEqual(most + 1);
  }));
});

it("two midnights within two days are told by their days", () => {
  expect(new Set(wordsOf(150_000_000, 2)).size).toBe(2);
});

it("a week on a wide page has a tick a day", () => {
  expect(timeTicks(Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 27), 12, 0).map((t) => new Date(t).getUTCDate())).toEqual([21, 22, 23, 24, 25, 26, 27]);
});
