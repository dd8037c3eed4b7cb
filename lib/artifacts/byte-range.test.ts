import { expect, it } from "vitest";
import { parseRange } from "@/lib/artifacts/byte-range";

it.each([
  [null, "whole"], ["bytes=0-", { start: 0, end: 100 }], ["bytes=40-", { start: 40, end: 100 }], ["bytes=40-49", { start: 40, end: 50 }], ["bytes=40-1000", { start: 40, end: 100 }],
  ["bytes=-10", { start: 90, end: 100 }], ["bytes=-1000", { start: 0, end: 100 }], ["bytes=99-", { start: 99, end: 100 }],
  ["bytes=100-", null], ["bytes=-0", null], ["bytes=50-40", "whole"], ["bytes=0-1,5-6", "whole"], ["items=0-1", "whole"], ["bytes=-", "whole"], ["bytes=a-b", "whole"],
] as const)("of 100 bytes, %s", (header, expected) => expect(parseRange(header, 100)).toEqual(expected));
