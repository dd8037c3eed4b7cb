export const COST_PERIODS = ["today", "7d", "30d", "90d", "month", "last-month"] as const;
export type CostPeriod = (typeof COST_PERIODS)[number];

const DAY_MS = 86_400_000;
const DAYS = { today: 1, "7d": 7, "30d": 30, "90d": 90 } as const;
export type Window = { from: Date; to: Date };

/** First moment (UTC) of the month that `offset` months lie from `now`'s. */
export const monthStart = (now: Date, offset = 0): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));

/** The window of a period and the one of the same length before it. Days are whole but for the last, which ends now. Pure. */
export function periodWindows(period: CostPeriod, now: Date): { window: Window; previous: Window } {
  if (period === "month" || period === "last-month") {
    const [from, end] = period === "month" ? [monthStart(now), now] : [monthStart(now, -1), monthStart(now)];
    const before = period === "month" ? monthStart(now, -1) : monthStart(now, -2);
    return { window: { from, to: end }, previous: { from: before, to: period === "month" ? samePart(now) : from } };
  }
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const from = new Date(today - (DAYS[period] - 1) * DAY_MS);
  return { window: { from, to: now }, previous: { from: new Date(from.getTime() - DAYS[period] * DAY_MS), to: new Date(now.getTime() - DAYS[period] * DAY_MS) } };
}

/** The same day and time of the month before; its end where that month is shorter. */
export function samePart(now: Date): Date {
  const start = monthStart(now, -1);
  return new Date(Math.min(start.getTime() + (now.getTime() - monthStart(now).getTime()), monthStart(now).getTime()));
}
