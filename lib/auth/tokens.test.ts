import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, it } from "vitest";
import { bearerOf, checksum, hashToken, newToken, tokenPrefix } from "./tokens";

it("a token is 256 random bits with a prefix and a checksum that a secret scanner can verify", () => {
  const tokens = Array.from({ length: 200 }, newToken);
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) {
    const [, body, check] = /^slp_([\w-]{43})([0-9a-z]{6})$/.exec(token)!;
    expect(Buffer.from(body!, "base64url")).toHaveLength(32);
    expect(check).toBe(checksum(body!));
  }
});

it("the checksum is always six characters, the last six where there are more", () => {
  for (const body of ["", "a", "slipway", "x".repeat(43)]) {
    const full = crc32(body).toString(36);
    expect(checksum(body)).toBe(full.padStart(7, "0").slice(-6));
    expect(checksum(body)).toMatch(/^[0-9a-z]{6}$/);
  }
  expect(checksum("a")).not.toBe(checksum("b"));
});

it("its SHA-256 is what is kept, and ten characters of it are shown", () => {
  expect(hashToken("slp_x").toString("hex")).toBe(createHash("sha256").update("slp_x").digest("hex"));
  expect(tokenPrefix("slp_abcdefghijk")).toBe("slp_abcdef");
});

it("a bearer token is one word of 8 to 512 visible characters, after the word Bearer in any case", () => {
  expect(bearerOf("Bearer slp_12345678")).toBe("slp_12345678");
  expect(bearerOf("bearer slp_12345678")).toBe("slp_12345678");
  for (const [length, ok] of [[7, false], [8, true], [512, true], [513, false]] as const) expect(bearerOf(`Bearer ${"x".repeat(length)}`) !== null).toBe(ok);
  for (const header of [null, undefined, "", "Bearer", "Bearer ", "Basic slp_12345678", "xBearer slp_12345678", "Bearer slp_12345678 x", "Bearer  slp_12345678", "Bearer slp_1234\u007f5678", "Bearer slp_12345678\u00e9"]) expect(bearerOf(header), String(header)).toBeNull();
});
