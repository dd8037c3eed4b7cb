import { describe, expect, it } from "vitest";
import { dayBound, detailWords } from "./audit-words";

describe("a day chosen in the filter", () => {
  it("covers the whole day: from its first moment up to the first after it", () => {
    const from = Date.parse(dayBound("2026-03-01")!);
    const to = Date.parse(dayBound("2026-03-01", true)!);
    expect(new Date(from).getDate()).toBe(1);
    expect(to - from).toBe(86_400_000);
  });
  it("is no bound where it is empty or no date", () => {
    expect([dayBound(""), dayBound("soon"), dayBound("", true)]).toEqual([undefined, undefined, undefined]);
  });
});

it("details leave out what is not known and show what is nested", () => {
  expect(detailWords({ role: "viewer", before: null, sessionsEnded: 2, scaling: { min: 1 } })).toBe('role viewer, sessions ended 2, scaling {"min":1}');
});
