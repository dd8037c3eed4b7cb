import { describe, expect, it } from "vitest";
import { keepNewest, ndjsonReader, type HeldLine } from "./log-line";

const line = (n: number): HeldLine => ({ n, at: "2026-01-01T00:00:00Z", replica: "a", revision: 1, stream: "stdout", text: String(n) });

describe("lines of a log", () => {
  it("never number more than the bound, and the newest are kept in order", () => {
    const held = [line(1), line(2), line(3)];
    expect(keepNewest(held, [line(4), line(5)], 4).map((l) => l.n)).toEqual([2, 3, 4, 5]);
    expect(keepNewest(held, [line(4), line(5), line(6)], 2).map((l) => l.n)).toEqual([5, 6]);
    expect(keepNewest(held, [line(4)], 10).map((l) => l.n)).toEqual([1, 2, 3, 4]);
  });
  it("come whole however the stream was cut, and a broken one spoils no other", () => {
    const read = ndjsonReader();
    const text = JSON.stringify(line(1));
    expect(read(text.slice(0, 9))).toEqual([]);
    expect(read(`${text.slice(9)}\nnot json\n`)).toEqual([line(1)]);
    expect(read("\n")).toEqual([]);
  });
});
