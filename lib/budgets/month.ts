const HOUR_MS = 3_600_000;

/** The UTC calendar month that holds `now`: what a monthly budget is of. Half open. */
export function monthOf(now: Date): { name: string; from: Date; to: Date; hours: number; hoursLeft: number } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return {
    name: from.toISOString().slice(0, 7), from, to,
    hours: (to.getTime() - from.getTime()) / HOUR_MS, hoursLeft: (to.getTime() - now.getTime()) / HOUR_MS,
  };
}

/** "November 2026" of "2026-11". */
export const monthInWords = (name: string): string => new Date(`${name}-01T00:00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
