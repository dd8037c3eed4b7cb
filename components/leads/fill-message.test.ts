import { describe, expect, it } from "vitest";
import { LEAD_MESSAGES, LEAD_STAGES, LEAD_WEIGHTS } from "@/content/leads";
import { fillMessage } from "./fill-message";

const fields = { name: "Grace Brewster Hopper", company: "Admiralty", link: "https://x.example/l/abc", sender: "Olive" };

describe("a message to copy", () => {
  it("has its fields filled, with or without spaces, and leaves what is unknown to be seen", () => {
    expect(fillMessage("Dear {{first name}} of {{ company }}: {{link}} {{sender}} {{moon}}", fields)).toBe("Dear Grace of Admiralty: https://x.example/l/abc Olive [moon]");
    expect(fillMessage("Dear {{name}}", { ...fields, name: null })).toBe("Dear [name]");
  });

  it("names no field that does not exist, in any template of the content file", () => {
    for (const m of LEAD_MESSAGES) expect(fillMessage(`${m.subject}\n${m.body}`, fields), m.name).not.toMatch(/\[|\]|\{\{/);
  });
});

it("the content file keeps the stages that the database knows, and weights that add up to 100", () => {
  expect(LEAD_STAGES.map((s) => s.value)).toEqual(["new", "contacted", "qualified", "proposal", "won", "lost"]);
  expect(Object.values(LEAD_WEIGHTS).reduce((a, b) => a + b, 0)).toBe(100);
});
