import { describe, expect, it } from "vitest";
import { fieldValue, fieldWord } from "./field-words";

describe("a difference between two revisions", () => {
  it("names a variable and a secret by the variable they fill", () => {
    expect(fieldWord("env.LOG_LEVEL")).toBe("Variable LOG_LEVEL");
    expect(fieldWord("secrets.HF_TOKEN")).toBe("Secret for HF_TOKEN");
  });
  it("never shows an unknown price as a figure, nor an absent variable as an empty one", () => {
    expect(fieldValue("pricePerHour", null)).toBe("unknown");
    expect(fieldValue("env.A", null)).toBe("not set");
    expect(fieldValue("env.A", "")).toBe("empty");
  });
});
