import { describe, expect, it } from "vitest";
import { renderLine } from "@/services/supervisor/render-line";

const now = new Date(2026, 0, 2, 3, 4, 5);
const record = (fields: object) => JSON.stringify({ level: 30, time: now.toISOString(), name: "web", ...fields });
const plain = (line: string) => renderLine("web", line, { colour: false, now });

describe("a log line for people", () => {
  it("shows time, process, level, message and fields; text with spaces is quoted", () => {
    expect(plain(record({ msg: "web is listening", url: "http://127.0.0.1:3000", why: "a b", n: 3 }))).toBe(
      '03:04:05 web      info  web is listening url=http://127.0.0.1:3000 why="a b" n=3',
    );
  });
  it("shows an error with its stack", () => {
    expect(plain(record({ level: 50, msg: "request failed", err: { message: "boom", stack: "Error: boom\n    at x" } }))).toBe("03:04:05 web      error request failed\nError: boom\n    at x");
  });
  it("shows what is no record of ours as it came", () => {
    expect(plain("▲ Next.js")).toBe("03:04:05 web      ▲ Next.js");
    expect(plain('{"half": ')).toBe('03:04:05 web      {"half": ');
  });
  it("makes control characters visible, so that a request cannot write to the terminal", () => {
    expect(plain(record({ msg: "path \u001b[2J\r", path: "\u001b]0;x\u0007" }))).not.toMatch(/[\u0000-\u001f]/);
    expect(plain("a\u001b[31mb")).toBe("03:04:05 web      a\\x1b[31mb");
  });
  it("colours only when asked", () => {
    expect(renderLine("web", record({ level: 40, msg: "m" }), { colour: true, now })).toContain("\u001b[33mwarn ");
    expect(plain(record({ level: 40, msg: "m" }))).not.toContain("\u001b");
  });
});
