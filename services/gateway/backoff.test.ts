import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

test("waits double from one second to sixty, each shortened by up to a quarter", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 1000].map((n) => backoffMs(n, 0))).toEqual([0, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  expect(backoffMs(1, 0.9999)).toBe(750);
});
