import { expect, it } from "vitest";
import { limitWords, valueWords } from "./value-words";

it("says a value and its limit in the unit that people read", () => {
  expect([valueWords(1234.5, "ms"), valueWords(0.4567, "%"), valueWords(14.4, "times too fast"), valueWords(3, "failures")]).toEqual(["1.2 s", "0.46 %", "14.4 times too fast", "3 failures"]);
});
it("says no limit where nothing is compared", () => {
  expect([limitWords({ threshold: null, unit: "requests" }), limitWords({ threshold: 200, unit: "ms" })]).toEqual([null, "limit 200 ms"]);
});
