import { expect, test } from "vitest";
import { zeroWords } from "@/components/deploy/zero-words";

test("the cold start is told as it was measured, and as unknown where it was not", () => {
  expect(zeroWords(300, { seconds: 2.34, deployment: "vad" })).toBe("After 5 min without a request no replica runs and none is charged. The next request waits until one has started: 2.3 s at the last start of vad.");
  expect(zeroWords(45, null)).toContain("After 45 s without a request");
  expect(zeroWords(45, null)).toContain("measured at the first start");
  expect(zeroWords(Number.NaN, null)).toMatch(/^After the quiet time /);
});
