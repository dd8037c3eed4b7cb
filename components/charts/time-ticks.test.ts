import fc from "fast-check";
import { expect, it } from "vitest";
import { tickWords, timeTicks } from "@/components/charts/time-ticks";

it("no two ticks beside each other say the same", () => {
  const now = Date.UTC(2026, 10, 27, 17, 40);
  fc.assert(fc.property(fc.integer({ min: 10_000, max: 120 * 86_400_000 }), fc.integer({ min: 1, max: 16 }), (span, most) => {
    const words = timeTicks(now - span, now, most, -new Date(now).getTimezoneOffset()).map((t) => tickWords(t, span));
    // Within two days the hour is told, and midnight comes twice.
    words.forEach((w, i) => { if (i > 0) expect(w).not.toBe(words[i - 1]); });
    expect(words.length).toBeLessThanOrEqual(most + 1);
  }));
});

it("a week on a wide page has a tick a day", () => {
  expect(timeTicks(Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 27), 12, 0).map((t) => new Date(t).getUTCDate())).toEqual([21, 22, 23, 24, 25, 26, 27]);
});
