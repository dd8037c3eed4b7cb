import { formatPercent } from "@/lib/format/number";

const DAY_MS = 86_400_000;
const MOST_RUNS = 3;
const short = (day: string, month: boolean) => new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", ...(month ? { month: "short" } : {}), timeZone: "UTC" });

/** Days as a person says them: "3–5 Nov, 9 Nov". Pure; `days` are sorted. */
export function daysInWords(days: readonly string[]): string {
  const runs: [string, string][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && Date.parse(day) - Date.parse(last[1]) === DAY_MS) last[1] = day;
    else runs.push([day, day]);
  }
  const words = runs.slice(0, MOST_RUNS).map(([from, to]) => (from === to ? short(from, true) : `${short(from, from.slice(0, 7) !== to.slice(0, 7))}–${short(to, true)}`));
  const left = runs.slice(MOST_RUNS).reduce((n, [from, to]) => n + (Date.parse(to) - Date.parse(from)) / DAY_MS + 1, 0);
  return [...words, ...(left > 0 ? [`${left} more`] : [])].join(", ");
}

/** Said beside a figure per 1,000 predictions of a sum over deployments: there they are counted by whole minutes, on clusters more seldom, while cost runs on. A deployment's own page counts them as they come. */
export const COUNTED_LATE = "lags a little";

/** How much of a cost a figure is of, where it is not of all of it. */
export const ofPart = (partUsd: number | null, wholeUsd: number | null): string => (partUsd === null || !wholeUsd ? "of what is measured" : `of ${formatPercent(partUsd / wholeUsd)} of the cost`);
