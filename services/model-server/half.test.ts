import { expect, test } from "vitest";
import { fromHalf, toHalf } from "./half";

test("every finite 16-bit float survives the way to a number and back", () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = fromHalf(bits);
    if (Number.isNaN(value)) continue;
    if (Object.is(value, -0) || value !== 0) expect(toHalf(value)).toBe(bits);
  }
});

test("a number between two halves goes to the nearer one, and to the even one at a tie", () => {
  expect(fromHalf(toHalf(2049))).toBe(2048);
  expect(fromHalf(toHalf(2051))).toBe(2052);
  expect(fromHalf(toHalf(0.1))).toBeCloseTo(0.1, 4);
  expect(fromHalf(toHalf(2 ** -25))).toBe(0);
  expect(fromHalf(toHalf(65519))).toBe(65504);
  expect(fromHalf(toHalf(65520))).toBe(Infinity);
  expect(fromHalf(toHalf(NaN))).toBeNaN();
});
