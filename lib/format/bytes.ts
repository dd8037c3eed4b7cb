import { isKnown, UNKNOWN } from "./unknown";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Binary units, three significant digits at most: 712 B · 1.5 KiB · 24 GiB. Takes a bigint too. */
export function formatBytes(bytes: number | bigint | null | undefined, unknown = UNKNOWN): string {
  const value = typeof bytes === "bigint" ? Number(bytes) : bytes;
  if (!isKnown(value)) return unknown;
  const size = Math.abs(value);
  let step = 0;
  // 1023.6 KiB would print as 1,024 KiB: it belongs to the next unit.
  while (step < UNITS.length - 1 && Math.round(size / 1024 ** step) >= 1024) step++;
  const scaled = size / 1024 ** step;
  const digits = scaled >= 99.95 || step === 0 ? 0 : 1;
  return `${value < 0 ? "−" : ""}${Number(scaled.toFixed(digits)).toLocaleString("en-US")} ${UNITS[step]}`;
}

export const formatMib = (mib: number | null | undefined, unknown = UNKNOWN) => formatBytes(isKnown(mib) ? mib * 1024 ** 2 : null, unknown);

export const formatGib = (gib: number | null | undefined, unknown = UNKNOWN) => formatBytes(isKnown(gib) ? gib * 1024 ** 3 : null, unknown);
