import { expect, it } from "vitest";
import { safeNextPath } from "@/lib/auth/safe-next-path";

it("leads to a path of ours or to the portal, never elsewhere", () => {
  for (const evil of ["//e", "/\\e", "\\/e", "/\t/e", "\t//e", "/%2f%2fe", "%2f%2fe", "/%5ce", "javascript:alert(1)", "https:e", "https://e", "/%09/e", "/%0a/e", "/.//e", "/..//e", " /e", "", "e", "/@e", "/sign-in", "/reset#x", null, undefined, {}, ["/app"]]) {
    expect(safeNextPath(evil), JSON.stringify(evil)).toBe("/app");
  }
  for (const [path, ok] of [[`/${"a".repeat(499)}`, true], [`/${"a".repeat(500)}`, false], ["/app\u00e9", false], ["/app x", false], ["/app/sign-in", true], ["/app//x", true], ["/sign-input", true]] as const) expect(safeNextPath(path), path).toBe(ok ? path : "/app");
  expect(safeNextPath("/app/settings/tokens?all=true#x")).toBe("/app/settings/tokens?all=true#x");
});
