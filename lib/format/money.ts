import { isKnown, UNKNOWN } from "./unknown";

/**
 * USD with as many digits as the amount needs to mean something: $1,284 · $12.50 · $0.81 · $0.0042 · $0.00000031; below that, in words.
 * Digits are those of the rounded amount: $0 only when it is exactly nothing.
 */
export function formatMoney(usd: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(usd)) return unknown;
  const size = Math.abs(usd);
  const sign = usd < 0 ? "−" : "";
  if (size === 0) return "$0";
  if (size < 1e-9) return `${sign}under $0.000000001`;
  if (size >= 999.995) return `${sign}$${Math.round(size).toLocaleString("en-US")}`;
  if (size >= 0.0995) return `${sign}$${size.toFixed(2)}`;
  const decimals = 1 - Math.floor(Math.log10(size));
  return `${sign}$${size.toFixed(decimals)}`;
}

/** An hourly price: $0.81/h; below ten cents with three significant digits, since prices are compared. */
export function formatMoneyPerHour(usd: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(usd)) return unknown;
  const small = Math.abs(usd) > 0 && Math.abs(usd) < 0.1;
  return `${small ? `$${Number(usd.toPrecision(3))}` : formatMoney(usd)}/h`.replace("$-", "−$");
}

/** A monthly amount: $592/mo, whole dollars from ten up. */
export function formatMoneyPerMonth(usd: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(usd)) return unknown;
  const whole = Math.abs(usd) >= 9.995;
  const sign = usd < 0 ? "−" : "";
  return `${whole ? `${sign}$${Math.round(Math.abs(usd)).toLocaleString("en-US")}` : formatMoney(usd)}/mo`;
}
