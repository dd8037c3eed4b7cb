import fc from "fast-check";
import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";
import { newPasswordSchema } from "./new-password-schema";
import { hashPassword, verifyPassword } from "./passwords";
import { whyWeak } from "./weak-password";

describe("a new password", () => {
  it.each(["aaaaaaaaaaaa", "abababababab", "123123123123", "123456789012", "0987654321098", "qwertyuiop12", "1q2w3e4r5t6y", "password1234", "Password2026!", "Slipway-2026!", "Kubernetes2026", "administrator1", "letmein12345", "asdfghjkl123", "iloveyou2024"])("is not %s, which is tried first", (password) => {
    expect(whyWeak(password)).not.toBeNull();
  });

  it("is none of the commonest that are long enough, as they are or with a capital and a digit", () => {
    const common = dictionary["passwords-common"].map(String).filter((p) => p.length >= 12);
    expect(common.length).toBeGreaterThan(250);
    for (const p of common) for (const typed of [p, `${p[0]!.toUpperCase()}${p.slice(1)}1`]) expect(whyWeak(typed), typed).not.toBeNull();
  });

  it("is not made of its owner's name and address", () => {
    const own = ["Ada Lovelace", "ada.lovelace@analytical.example"];
    expect(whyWeak("lovelace-1815", own)).toBe("is made of its owner's name or address");
    expect(whyWeak("Analytical.2026", own)).not.toBeNull();
    expect(whyWeak("lovelace-1815")).toBeNull();
  });

  it("may be of any characters, of 12 to 256: letters alone, spaces, other scripts", () => {
    for (const good of ["correct horse battery", "kvmtzpqrwxhd", "пятьсерыхворон", "山路来てなにやらゆかしすみれ草", "   x7!Lq mn4  ", "a".repeat(240) + "kvmtzpqrwxhd"]) expect([newPasswordSchema.safeParse(good).success, whyWeak(good)], good).toEqual([true, null]);
    expect(newPasswordSchema.safeParse("kvmtzpqrwxh").success).toBe(false);
    expect(newPasswordSchema.safeParse("kvmt ".repeat(52)).success).toBe(false);
    fc.assert(fc.property(fc.string({ minLength: 20, maxLength: 60, unit: fc.constantFrom(..."kvmtzpqrwxhdjflgnb") }), (p) => whyWeak(p, ["Ada Lovelace"]) === null || new Set(p).size < 5), { seed: 20261127, numRuns: 500 });
  });

  it("is checked exactly as it was typed: case, spaces and every character count", async () => {
    const typed = ` Corréct horse ${"battery ".repeat(20)}`;
    const stored = await hashPassword(typed);
    expect(stored).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword(stored, typed)).toBe(true);
    for (const other of [typed.trim(), typed.toLowerCase(), typed.slice(0, 72), typed.normalize("NFD"), `${typed}x`]) expect(await verifyPassword(stored, other), other).toBe(false);
  });
});
