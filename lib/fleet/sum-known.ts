import { toNanodollars, toUsd } from "@/lib/costs/money";

/** Adds amounts up, exactly. null where one of them is not known, or there is none. */
export const sumKnown = (amounts: readonly (number | null)[]): number | null =>
  amounts.length === 0 || amounts.some((a) => a === null) ? null : toUsd(amounts.reduce((sum: bigint, a) => sum + toNanodollars(a!), 0n));
