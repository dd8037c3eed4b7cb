// An integer of 16 or more digits that is no part of a decimal fraction: JSON.parse alone might round it.
const LONG_INTEGER = /(?:^|[^\d.eE+])\d{16,}(?![\d.eE])/;

/**
 * JSON.parse, but integers beyond 2^53 become exact BigInts, since INT64 and UINT64 tensors carry them. Text without such
 * integers, which is nearly all, takes the fast way. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  const revive = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && context?.source !== undefined && /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}
