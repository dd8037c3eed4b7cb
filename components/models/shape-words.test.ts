import { describe, expect, it } from "vitest";
import { shapeWords } from "./shape-words";

describe("a tensor's shape in words", () => {
  it("names dynamic dimensions where the file names them", () => {
    expect(shapeWords([-1, 3, 224, 224], ["batch", null, null, null])).toBe("[batch × 3 × 224 × 224]");
  });
  it("says that an unnamed dynamic dimension may be any", () => {
    expect(shapeWords([-1, 4])).toBe("[any × 4]");
  });
  it("tells a scalar from an unknown shape", () => {
    expect([shapeWords([]), shapeWords(null)]).toEqual(["scalar", "of any shape"]);
  });
  it("keeps a dimension of zero", () => {
    expect(shapeWords([0, 2])).toBe("[0 × 2]");
  });
});
