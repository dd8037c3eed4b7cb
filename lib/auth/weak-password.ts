import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

/** Words of the product and its trade, tried here before others. docs/security.md lists them. */
export const TRADE_WORDS = ["slipway", "kubernetes", "deployment", "inference", "platform", "password", "passwort", "welcome", "administrator", "changeme", "default", "secret"];

/**
 * Guesses a password has to withstand. Signing in is held to 10 a minute and the stored form is argon2id; this keeps out what the lists of stolen
 * passwords hold, rows of keys, repeats and words with a year behind them.
 */
const LEAST_GUESSES = 1e9;

let estimator: ZxcvbnFactory | undefined;
// 49,000 of the commonest passwords and the keyboards' rows: read when the first password is set, not by every process that starts.
const strength = () => (estimator ??= new ZxcvbnFactory({ dictionary: { ...dictionary, trade: TRADE_WORDS }, graphs: adjacencyGraphs }));

/**
 * Pure: why a password is guessed soon although it is long, as the end of "The password …"; null where nothing speaks against it. `own` is what is known
 * of whose it is: name, e-mail address. It asks for no kinds of characters.
 */
export function whyWeak(password: string, own: readonly string[] = []): string | null {
  const ownWords = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4);
  const found = strength().check(password, ownWords);
  if (found.guesses >= LEAST_GUESSES) return null;
  if (found.sequence.some((part) => part.pattern === "repeat")) return "repeats a short piece";
  if (found.sequence.some((part) => part.pattern === "dictionary" && part.dictionaryName === "userInputs")) return "is made of its owner's name or address";
  return "is among those that are tried first";
}
