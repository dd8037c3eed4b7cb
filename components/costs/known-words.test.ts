import { expect, it } from "vitest";
import { daysInWords } from "@/components/costs/known-words";

it("says runs of days as runs, names the month where it changes, and counts what is too much to list", () => {
  expect(daysInWords(["2026-11-27"])).toBe("27 Nov");
  expect(daysInWords(["2026-10-31", "2026-11-01", "2026-11-02"])).toBe("31 Oct–2 Nov");
  expect(daysInWords(["2026-11-03", "2026-11-04", "2026-11-09"])).toBe("3–4 Nov, 9 Nov");
  expect(daysInWords(["2026-11-01", "2026-11-03", "2026-11-05", "2026-11-07", "2026-11-08"])).toBe("1 Nov, 3 Nov, 5 Nov, 2 more");
});
