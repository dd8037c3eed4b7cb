import { expect, it } from "vitest";
import { subjectLine } from "./send-mail";

it("a subject stays one line, whatever the names in it hold", () => {
  expect(subjectLine("CRITICAL: slow\r\nBcc: everybody@example.com\r\n\r\nbody")).toBe("CRITICAL: slow Bcc: everybody@example.com body");
  expect(subjectLine("a\u0000b\u2028c\u202ed\u0085e")).toBe("a b c d e");
  expect(subjectLine("Latenz über 100 ms, 模型")).toBe("Latenz über 100 ms, 模型");
  expect(subjectLine("x".repeat(5000))).toHaveLength(200);
});
