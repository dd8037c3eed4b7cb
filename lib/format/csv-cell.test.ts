import { expect, test } from "vitest";
import { csvCell } from "./csv-cell";

test("what is unknown is an empty cell and never 0; figures stay figures, negative ones too", () => {
  expect([null, 0, -1.5, true, ""].map(csvCell)).toEqual(["", "0", "-1.5", "true", ""]);
});

test("text that a spreadsheet would run as a formula is only text, and quotes are doubled", () => {
  expect(csvCell('=cmd|"calc"')).toBe(`"'=cmd|""calc"""`);
  for (const text of ["+1", "-1", "@x", "\tx"]) expect(csvCell(text)).toMatch(/^"?'/);
  expect(csvCell("a,b\nc")).toBe('"a,b\nc"');
});
