import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideRounded, multiplyUsd, toNanodollars, toUsd } from "./money";
import { ageQuote, makeQuote, quoteSchema } from "./quote";

const input = { value: 0.8048, region: "us-east-1", source: "price list", asOf: "2026-07-20T13:44:30Z" };

describe("a quote", () => {
  it("carries its age in whole days and turns stale after its limit, not on it", () => {
    const at = (days: number) => makeQuote(input, new Date(Date.parse(input.asOf) + days * 86_400_000));
    expect([at(0).ageDays, at(1.9).ageDays, at(90).ageDays]).toEqual([0, 1, 90]);
    expect([at(90).stale, at(91).stale]).toEqual([false, true]);
    expect(quoteSchema.parse(at(3))).toEqual(at(3));
  });
  it("from the future (a clock that runs ahead) has age 0", () => expect(makeQuote(input, new Date("2020-01-01")).ageDays).toBe(0));
  it("that was stored is aged again without losing its note", () => {
    const stored = makeQuote({ ...input, note: "composed", estimate: true }, new Date("2026-07-21"));
    expect(ageQuote(stored, new Date("2027-07-21"))).toMatchObject({ stale: true, note: "composed", estimate: true, value: 0.8048 });
  });
  it("refuses a price that is negative or none, and a date that is none", () => {
    for (const value of [-1, NaN, Infinity]) expect(() => makeQuote({ ...input, value }, new Date())).toThrow(RangeError);
    expect(() => makeQuote({ ...input, asOf: "last week" }, new Date())).toThrow(/date/);
  });
});

describe("money", () => {
  it("is decimal: ten dimes are a dollar", () => {
    expect(toUsd(Array.from({ length: 10 }, () => toNanodollars(0.1)).reduce((a, b) => a + b))).toBe(1);
    expect([toNanodollars(21.957642), toNanodollars(1e-9), toNanodollars(1.5e-10), toNanodollars(1e21), toNanodollars(-0.1)]).toEqual([21_957_642_000n, 1n, 0n, 10n ** 30n, -100_000_000n]);
  });
  it("multiplies without binary residue", () => {
    expect(multiplyUsd(0.8048, 0.51)).toBe(0.410448);
    expect(multiplyUsd(0.8048, 730)).toBe(587.504);
  });
  it("survives the way to nanodollars and back for any price with nine decimals", () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (nano) => { expect(toNanodollars(toUsd(nano))).toBe(nano); }));
  });
  it("rounds half away from zero", () => expect([divideRounded(5n, 2n), divideRounded(-5n, 2n), divideRounded(4n, 3n)]).toEqual([3n, -3n, 1n]));
  it("refuses what is no amount", () => expect(() => toNanodollars(NaN)).toThrow(RangeError));
});
