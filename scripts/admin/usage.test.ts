import { describe, expect, it } from "vitest";
import { parseCommand, USAGE } from "./usage";

describe("the admin command line", () => {
  it("reads each command with its option", () => {
    expect(parseCommand(["reset-owner"])).toEqual({ name: "reset-owner", email: null });
    expect(parseCommand(["reset-owner", "--email", "a@b.c"])).toEqual({ name: "reset-owner", email: "a@b.c" });
    expect(parseCommand(["verify-audit", `--noted=${"a".repeat(64)}`])).toEqual({ name: "verify-audit", noted: "a".repeat(64) });
    expect(parseCommand(["create-setup-link"])).toEqual({ name: "create-setup-link" });
    expect(parseCommand(["rotate-key"])).toEqual({ name: "rotate-key" });
  });
  it.each([[[]], [["help"]], [["--help"]], [["-h"]], [["reset-owner", "--help"]]])("shows how it is used for %j", (args) => {
    expect(parseCommand(args)).toEqual({ name: "help" });
  });
  it.each([[["drop-everything"]], [["constructor"]], [["reset-owner", "--mail", "x"]], [["create-setup-link", "now"]], [["verify-audit", "--noted", "short"]]])("refuses %j in words, and does nothing", (args) => {
    expect(() => parseCommand(args)).toThrow(Error);
  });
  it("names every command in its usage", () => {
    for (const name of ["reset-owner", "verify-audit", "create-setup-link", "rotate-key"]) expect(USAGE).toContain(name);
  });
});
