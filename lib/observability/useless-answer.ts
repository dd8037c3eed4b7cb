import { AppError } from "@/lib/errors";

/** Thrown for an answer of a metrics source that cannot be used; the message is for a person and holds nothing of a page's markup. */
export class UselessAnswer extends Error {}

/** How long a source has to answer, and how much of an answer is read. */
export const ANSWER = { timeoutMs: 10_000, maxBytes: 8 << 20 } as const;
export const SOURCE_RULE = "A metrics source may be private, but never a metadata service or a link-local address.";

/** Plain words of a foreign text: one line, printable, short. */
export const plainWords = (text: unknown, most = 160): string => String(text).replace(/[^\x20-\x7e]+/g, " ").replace(/[<>]/g, "").replace(/\s+/g, " ").trim().slice(0, most);

/** Whatever went wrong while asking, as what a page says of it. */
export function inWords(error: unknown): UselessAnswer {
  if (error instanceof UselessAnswer) return error;
  if (error instanceof AppError && error.code === "too_large") return new UselessAnswer(`Its answer is larger than ${ANSWER.maxBytes >> 20} MiB.`);
  if (error instanceof AppError && error.code === "timeout") return new UselessAnswer(`It did not answer within ${ANSWER.timeoutMs / 1000} s.`);
  if (error instanceof AppError) return new UselessAnswer(error.message);
  const name = (error as Error).name;
  if (name === "TimeoutError" || name === "AbortError") return new UselessAnswer(`It did not answer within ${ANSWER.timeoutMs / 1000} s.`);
  if (/Credentials/.test(name)) return new UselessAnswer("There are no AWS credentials to sign with. Look at the AWS identity of Slipway's processes, and at the role.");
  return new UselessAnswer("Its answer was cut off.");
}
