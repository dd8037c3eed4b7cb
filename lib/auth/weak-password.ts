/** Words that are tried first here: the product's and its trade's, and what passwords are commonly made of. docs/security.md lists them. */
export const OBVIOUS_WORDS = ["slipway", "kubernetes", "deployment", "password", "passwort", "welcome", "letmein", "iloveyou", "football", "baseball", "princess", "sunshine", "superman", "computer", "administrator", "admin", "changeme", "default", "secret", "qwerty", "abc123"] as const;
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p"];
/** Letters and digits that have to remain once what anybody would guess is taken out. */
const REMAINS = 6;

/**
 * Pure: why a password is guessed soon although it is long, as the end of "The password …"; null where nothing speaks against it. `own` is what is known
 * of whose it is: name, e-mail address. It asks for no kinds of characters.
 */
export function whyWeak(password: string, own: readonly string[] = []): string | null {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5) return "repeats a few characters";
  if (/^(.{1,6}?)\1+.?.?$/su.test(plain)) return "repeats one short piece";
  const words = [...own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((w) => w.length >= 4), ...OBVIOUS_WORDS];
  const without = withoutRows(words.reduce((rest, word) => rest.replaceAll(word, " "), plain));
  return without.replace(/[^\p{L}\p{N}]/gu, "").length < REMAINS ? "is made of words and rows of keys that are tried first" : null;
}

/** Takes out runs of four and more that follow a row of the keyboard, the alphabet or the digits, in either direction. */
function withoutRows(text: string): string {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
  let rest = "";
  for (let at = 0; at < text.length; ) {
    let length = 0;
    for (const row of rows) for (let n = Math.min(row.length, text.length - at); n >= Math.max(4, length + 1); n--) if (row.includes(text.slice(at, at + n))) { length = n; break; }
    rest += length ? " " : text[at];
    at += length || 1;
  }
  return rest;
}
