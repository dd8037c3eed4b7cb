const FIRST_MS = 1000;
const LAST_MS = 60_000;

/** How long to wait after this many failures in a row: 1 s, 2 s, 4 s … 60 s, each shortened by up to a quarter. `random` is in [0, 1). */
export function backoffMs(consecutiveFailures: number, random: number): number {
  if (consecutiveFailures <= 0) return 0;
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** (consecutiveFailures - 1));
  return Math.round(full * (1 - random / 4));
}
