import { describe, expect, it } from "vitest";
import { variableProblem } from "./variable-problem";
import { variablesOf, type Variable } from "./variables-of";

const row = (over: Partial<Variable>): Variable => ({ id: "1", name: "LOG_LEVEL", kind: "value", value: "debug", ...over });

describe("a variable of the wizard", () => {
  it("is fine where the API takes it", () => expect(variableProblem(row({}))).toBeNull());
  it("tells in words why a name is refused", () => {
    expect(variableProblem(row({ name: "1BAD" }))).toMatch(/letters, digits and underscores/);
    expect(variableProblem(row({ name: "PATH" }))).toMatch(/choose another/);
  });
  it("asks for a secret where none is chosen", () => expect(variableProblem(row({ kind: "secret", value: "" }))).not.toBeNull());
});

describe("the rows of the wizard", () => {
  it("are sent apart as values and secrets, empty ones left out", () => {
    expect(variablesOf([row({}), row({ name: "TOKEN", kind: "secret", value: "HF_TOKEN" }), row({ name: "", value: "" })])).toEqual({ env: { LOG_LEVEL: "debug" }, secrets: { TOKEN: "HF_TOKEN" } });
  });
  it("are not sent at all where there are none", () => expect(variablesOf([])).toEqual({ env: undefined, secrets: undefined }));
});
