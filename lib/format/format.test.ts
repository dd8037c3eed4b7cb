import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes, formatGib, formatMib } from "./bytes";
import { formatDurationMs, formatDurationSeconds } from "./duration";
import { formatMoney, formatMoneyPerHour, formatMoneyPerMonth } from "./money";
import { formatCount, formatCountShort, formatPercent, formatRate } from "./number";
import { formatRelativeTime } from "./relative-time";

const numeric = [formatMoney, formatMoneyPerHour, formatMoneyPerMonth, formatBytes, formatMib, formatGib, formatDurationMs, formatDurationSeconds, formatPercent, formatCount, formatCountShort, formatRate];

describe("what is not known", () => {
  it.each(numeric.map((f) => [f.name, f] as const))("%s says so, in the caller's own word if there is one, and never 0", (_name, format) => {
    for (const value of [null, undefined, NaN, Infinity, -Infinity]) {
      expect(format(value)).toBe("unknown");
      expect(format(value, "no price on file")).toBe("no price on file");
    }
  });
  it("a time that is missing or no date is unknown", () => {
    for (const at of [null, undefined, "yesterday-ish", new Date(NaN)]) expect(formatRelativeTime(at, new Date())).toBe("unknown");
  });
});

it.each([
  [0, "$0"], [1284.4, "$1,284"], [999.994, "$999.99"], [999.996, "$1,000"], [12.5, "$12.50"], [0.8048, "$0.80"], [0.0042, "$0.0042"],
  [0.00000031, "$0.00000031"], [0.0999, "$0.10"], [-3.2, "−$3.20"], [1e-12, "under $0.000000001"],
])("money: %d is %s", (usd, text) => expect(formatMoney(usd)).toBe(text));

it.each([[0.8048, "$0.80/h"], [0.01234567, "$0.0123/h"], [55.04, "$55.04/h"], [0, "$0/h"], [0.00002, "$0.00002/h"]])(
  "hourly price: %d is %s", (usd, text) => expect(formatMoneyPerHour(usd)).toBe(text));

it.each([[587.504, "$588/mo"], [40179.2, "$40,179/mo"], [4.5, "$4.50/mo"], [0, "$0/mo"], [9.996, "$10/mo"]])(
  "monthly amount: %d is %s", (usd, text) => expect(formatMoneyPerMonth(usd)).toBe(text));

it.each([[0, "0 B"], [712, "712 B"], [1536, "1.5 KiB"], [1023.6 * 1024, "1 MiB"], [24 * 1024 ** 3, "24 GiB"], [16_060_522_496, "15 GiB"], [10n * 1024n ** 4n, "10 TiB"]])(
  "bytes: %s is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
it("MiB and GiB are the same sizes", () => expect([formatMib(512), formatMib(22_888), formatGib(17)]).toEqual(["512 MiB", "22.4 GiB", "17 GiB"]));

it.each([
  [0, "0 s"], [0.004, "under 0.01 ms"], [0.123, "0.12 ms"], [1.42, "1.4 ms"], [38.2, "38 ms"], [999.7, "1 s"], [1234, "1.2 s"], [38_000, "38 s"], [59_700, "1 min"],
  [120_000, "2 min"], [125_000, "2 min 5 s"], [3_599_900, "1 h"], [12_000_000, "3 h 20 min"], [86_400_000, "1 d"], [367_200_000, "4 d 6 h"], [-38_000, "−38 s"],
])("duration: %d ms is %s", (ms, text) => expect(formatDurationMs(ms)).toBe(text));

it.each([[0, "just now"], [38, "38 s ago"], [59.9, "1 min ago"], [120, "2 min ago"], [7200, "2 h ago"], [3 * 86_400, "3 d ago"], [60 * 86_400, "2 mo ago"], [800 * 86_400, "2 y ago"], [-7200, "in 2 h"]])(
  "relative time: %d seconds earlier is %s", (seconds, text) => {
    const now = new Date("2026-03-01T12:00:00Z");
    expect(formatRelativeTime(new Date(now.getTime() - seconds * 1000).toISOString(), now)).toBe(text);
  });

it.each([[0, "0%"], [0.00001, "under 0.01%"], [0.003, "0.3%"], [0.054, "5.4%"], [0.123, "12%"], [0.9995, "99.95%"], [0.999999, "over 99.99%"], [1, "100%"], [1.5, "150%"]])(
  "percent: %d is %s", (share, text) => expect(formatPercent(share)).toBe(text));

it.each([[8_030_261_248n, "8.03B"], [25_557_032, "25.6M"], [999_999, "1M"], [999, "999"], [1234, "1.23K"], [0, "0"]])(
  "short count: %s is %s", (count, text) => expect(formatCountShort(count)).toBe(text));
it("counts have separators, rates two or three digits", () => {
  expect([formatCount(12_480), formatCount(10n ** 12n)]).toEqual(["12,480", "1,000,000,000,000"]);
  expect([formatRate(0), formatRate(0.0004), formatRate(0.052), formatRate(3.24), formatRate(1204)]).toEqual(["0/s", "under 0.01/s", "0.052/s", "3.2/s", "1,200/s"]);
});

it("an amount that is not zero is never shown as zero, at any size", () => {
  fc.assert(fc.property(fc.double({ min: 1e-300, max: 1e15, noNaN: true }), (value) => {
    for (const format of [formatMoney, formatMoneyPerHour, formatMoneyPerMonth, formatDurationMs, formatPercent, formatRate]) {
      expect(format(value), format.name).not.toMatch(/^\$?0(\.0*)?(\s|%|\/|$)/);
    }
  }));
});
