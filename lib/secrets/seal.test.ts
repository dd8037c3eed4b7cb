import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { deriveKey, keyFromFile } from "@/lib/secrets/instance-key";
import { open, seal } from "@/lib/secrets/seal";

const key = randomBytes(32);

describe("a sealed value", () => {
  it("opens with its key in its place, and never looks the same twice", () => {
    const [a, b] = [seal("hunter2 ü", "secret:p:n", key), seal("hunter2 ü", "secret:p:n", key)];
    expect(a).not.toBe(b);
    expect([open(a, "secret:p:n", [key]), open(b, "secret:p:n", [key])]).toEqual(["hunter2 ü", "hunter2 ü"]);
  });
  it("does not open in another place, nor after a change of any character", () => {
    const sealed = seal("x".repeat(40), "secret:p:n", key);
    expect(() => open(sealed, "secret:p:other", [key])).toThrow(/another place/);
    const parts = sealed.split(".");
    for (const part of [2, 3, 4]) {
      const changed = [...parts];
      const bytes = Buffer.from(changed[part] ?? "", "base64url");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      changed[part] = bytes.toString("base64url");
      expect(() => open(changed.join("."), "secret:p:n", [key])).toThrow(/was changed/);
    }
    expect(() => open("v1.x", "secret:p:n", [key])).toThrow(/not a sealed value/);
  });
  it("opens with a retired key during a rotation, and names the key it lacks", () => {
    const sealed = seal("old", "a", key);
    const next = randomBytes(32);
    expect(open(sealed, "a", [next, key])).toBe("old");
    expect(() => open(sealed, "a", [next])).toThrow(/another encryption key \([0-9a-f]{8}\)/);
  });
});

describe("the instance key", () => {
  it("is made once, readable by its owner only, and a damaged file is refused rather than replaced", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-key-"));
    try {
      const file = path.join(folder, "secrets", "instance.key");
      const first = keyFromFile(file);
      expect(first).toHaveLength(32);
      expect(keyFromFile(file)).toEqual(first);
      expect(fs.statSync(file).mode & 0o777).toBe(0o600);
      expect(fs.readdirSync(path.dirname(file))).toEqual(["instance.key"]);
      fs.writeFileSync(file, "short");
      expect(() => keyFromFile(file)).toThrow(/restore it from a backup/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
  it("gives each purpose a key of its own", () => {
    expect(deriveKey("a", key)).toEqual(deriveKey("a", key));
    expect(deriveKey("a", key)).not.toEqual(deriveKey("b", key));
  });
});
