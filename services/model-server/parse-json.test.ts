import { expect, test } from "vitest";
import { parseJson } from "./parse-json";

test("integers beyond 2^53 stay exact, everything else is as JSON.parse reads it", () => {
  expect(parseJson('{"a":[9007199254740993,-9223372036854775808,5,0.30000000000000004]}')).toEqual({ a: [9007199254740993n, -9223372036854775808n, 5, 0.30000000000000004] });
  expect(parseJson('[12345678901234567890.5,1e21,"9007199254740993"]')).toEqual([12345678901234567890.5, 1e21, "9007199254740993"]);
  expect(() => parseJson("[9007199254740993")).toThrow(SyntaxError);
});
