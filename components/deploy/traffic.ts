/** What the wizard is told about the requests to come; the forecast is made of it. */
export type Traffic = {
  /** Requests a second in the busy hours. */
  perSecond: number;
  /** steady: the same all day; day: busy from 8 to 20, a tenth of it at night. */
  shape: "steady" | "day";
  /** Compute time of a request, in seconds. */
  seconds: number;
};

export const FIRST_TRAFFIC: Traffic = { perSecond: 1, shape: "day", seconds: 0.05 };

const BUSY_FROM = 8;
const BUSY_UNTIL = 20;
const NIGHT_SHARE = 0.1;

/** Mean requests a second of each hour of a day. */
export function requestsByHour({ perSecond, shape }: Pick<Traffic, "perSecond" | "shape">): number[] {
  return Array.from({ length: 24 }, (_, hour) => (shape === "steady" || (hour >= BUSY_FROM && hour < BUSY_UNTIL) ? perSecond : perSecond * NIGHT_SHARE));
}

/** What is wrong with the figures, in words; null: nothing. */
export function trafficProblem({ perSecond, seconds }: Traffic): { field: "perSecond" | "seconds"; message: string } | null {
  if (!Number.isFinite(perSecond) || perSecond < 0 || perSecond > 1e6) return { field: "perSecond", message: "Give requests per second, from 0 to 1,000,000." };
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 86_400) return { field: "seconds", message: "Give more than 0 ms and at most a day." };
  return null;
}
