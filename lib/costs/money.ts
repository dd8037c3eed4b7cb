/**
 * Money is counted in whole nanodollars (10⁻⁹ USD, bigint), so that sums are exact: 0.1 + 0.2 is 0.3 and the days of a bill add up to
 * its total. Binary floating point appears only at the edge, in JSON.
 */
export type Nanodollars = bigint;

const NANO_DIGITS = 9;

/** The decimal value that `usd` prints as, in nanodollars; digits beyond the ninth are rounded half up. Throws RangeError unless it is finite. */
export function toNanodollars(usd: number): Nanodollars {
  if (!Number.isFinite(usd)) throw new RangeError("An amount of money must be a finite number.");
  const [mantissa = "0", exponent = "0"] = Math.abs(usd).toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const shift = NANO_DIGITS + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return usd < 0 ? -nano : nano;
}

/** As a JSON number: exact to the nanodollar up to nine million dollars, to 15 significant digits beyond. */
export const toUsd = (nano: Nanodollars): number => Number(nano) / 1e9;

/** As a decimal column takes it, to the nanodollar. */
export function toDecimal(usd: number): string {
  const nano = toNanodollars(usd);
  const digits = (nano < 0n ? -nano : nano).toString().padStart(NANO_DIGITS + 1, "0");
  return `${nano < 0n ? "-" : ""}${digits.slice(0, -NANO_DIGITS)}.${digits.slice(-NANO_DIGITS)}`;
}

/** Integer division rounded half away from zero. `by` must be positive. */
export function divideRounded(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value >= 0n ? (value + half) / by : -((-value + half) / by);
}

/** `usd` × `factor` rounded to the nanodollar; the factor is taken to 12 decimal places. */
export function multiplyUsd(usd: number, factor: number): number {
  const scaled = BigInt(Math.round(factor * 1e12));
  return toUsd(divideRounded(toNanodollars(usd) * scaled, 10n ** 12n));
}
