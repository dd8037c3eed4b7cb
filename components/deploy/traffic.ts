/** What the wizard is told about the requests to come; the forecast is made of it. */
export type Traffic = {
  /** Requests a second in the busy hours. */
  perSecond: number;
  /** steady: the same all day; day: busy from 8 to 20, a tenth of it at night; hours: each hour by itself. */
  shape: "steady" | "day" | "hours";
  /** With shape hours: requests a second of each of the 24. */
  hours?: readonly number[];
  /** Compute time of a request, in seconds. */
  seconds: number;
  /** Wanted p95, in seconds; null: none. */
  limitSeconds?: number | null;
  /** Share of the time with enough replicas that the verdict on spot is made for. */
  availability?: number;
  /** Of replica time on spot, 0..1, on a profile that falls back to on-demand. */
  spotShare?: number;
};
/** Until another is chosen. */
export const AVAILABILITY = 0.999;

export const FIRST_TRAFFIC: Traffic = { perSecond: 1, shape: "day", seconds: 0.05 };

const BUSY_FROM = 8;
const BUSY_UNTIL = 20;
const NIGHT_SHARE = 0.1;
const byHour = (share: (hour: number) => number) => (top: number) => Array.from({ length: 24 }, (_, hour) => Number((top * share(hour)).toPrecision(3)));

/** Shapes to start from, by their busiest hour. */
export const HOUR_PRESETS = [
  { label: "Office hours", hours: byHour((h) => (h >= BUSY_FROM && h < BUSY_UNTIL ? 1 : NIGHT_SHARE)) },
  { label: "Evening", hours: byHour((h) => (h >= 18 && h < 23 ? 1 : h >= 8 ? 0.4 : 0.1)) },
  { label: "Nightly batch", hours: byHour((h) => (h >= 1 && h < 5 ? 1 : 0)) },
  { label: "Two peaks", hours: byHour((h) => (h === 9 || h === 10 || h === 19 || h === 20 ? 1 : h >= 7 && h < 23 ? 0.5 : 0.1)) },
  { label: "Steady", hours: byHour(() => 1) },
] as const;

/** Mean requests a second of each hour of a day. */
export function requestsByHour({ perSecond, shape, hours }: Pick<Traffic, "perSecond" | "shape" | "hours">): number[] {
  if (shape === "hours" && hours?.length === 24) return [...hours];
  return Array.from({ length: 24 }, (_, hour) => (shape === "steady" || (hour >= BUSY_FROM && hour < BUSY_UNTIL) ? perSecond : perSecond * NIGHT_SHARE));
}

type Problem = { field: "perSecond" | "hours" | "seconds" | "limitSeconds" | "spotShare"; message: string };

/** What is wrong with the figures, in words; null: nothing. */
export function trafficProblem({ perSecond, seconds, shape, hours, limitSeconds, spotShare }: Traffic): Problem | null {
  const rate = (value: number) => Number.isFinite(value) && value >= 0 && value <= 1e6;
  if (shape === "hours" ? !(hours ?? []).every(rate) : !rate(perSecond)) return { field: shape === "hours" ? "hours" : "perSecond", message: "Give requests per second, from 0 to 1,000,000." };
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 86_400) return { field: "seconds", message: "Give more than 0 ms and at most a day." };
  if (limitSeconds !== undefined && limitSeconds !== null && !(limitSeconds > 0 && limitSeconds <= 86_400)) return { field: "limitSeconds", message: "Give more than 0 ms, or leave it empty." };
  if (spotShare !== undefined && !(spotShare >= 0 && spotShare <= 1)) return { field: "spotShare", message: "Give a share from 0 to 100%." };
  return null;
}
