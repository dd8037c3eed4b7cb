import { expect, test } from "vitest";
import { downShare, spotVerdict } from "@/lib/costs/spot-verdict";
import { seededRandom } from "@/e2e/process/seeded-random";
import { simulateMonth } from "./simulate-month";

const MONTH = 730 * 3600;

test("the mean of many months agrees with the closed form of the product's verdict", () => {
  const random = seededRandom(7).next;
  const input = { replicas: 1, onDemand: 0, needed: 1, interruptionsPerMonth: 4, startSeconds: 3720, together: false };
  const months = Array.from({ length: 6_000 }, () => simulateMonth(input, random).shortSeconds);
  const mean = months.reduce((a, b) => a + b) / months.length;
  expect(mean / (downShare(4, 3600) * MONTH)).toBeGreaterThan(0.95);
  expect(mean / (downShare(4, 3600) * MONTH)).toBeLessThan(1.05);
});

test("a replacement within the notice, and a floor on demand that suffices, lose nothing", () => {
  const random = seededRandom(7).next;
  const base = { replicas: 3, needed: 1, interruptionsPerMonth: 30, together: true };
  expect(simulateMonth({ ...base, onDemand: 0, startSeconds: 120 }, random).shortSeconds).toBe(0);
  expect(simulateMonth({ ...base, onDemand: 1, startSeconds: 900 }, random).shortSeconds).toBe(0);
  expect(simulateMonth({ ...base, onDemand: 0, startSeconds: 900 }, random).shortSeconds).toBeGreaterThan(0);
  expect(spotVerdict({ rangeIndex: 4, startSeconds: 900, replicas: 3, availability: 1 })).toMatchObject({ onDemandFloor: { together: 1 } });
});
