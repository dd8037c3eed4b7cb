import { UNKNOWN } from "./unknown";

const STEPS = [
  { unit: "s", seconds: 1, until: 59.5 },
  { unit: "min", seconds: 60, until: 59.5 * 60 },
  { unit: "h", seconds: 3600, until: 23.5 * 3600 },
  { unit: "d", seconds: 86_400, until: 29.5 * 86_400 },
  { unit: "mo", seconds: 30.4375 * 86_400, until: 364.5 * 86_400 },
  { unit: "y", seconds: 365.25 * 86_400, until: Infinity },
] as const;

/** Distance of a time from `now`: "just now", "38 s ago", "in 2 h". The exact time belongs on hover. An invalid date is unknown. */
export function formatRelativeTime(at: Date | string | null | undefined, now: Date, unknown = UNKNOWN): string {
  if (at === null || at === undefined) return unknown;
  const seconds = (now.getTime() - (typeof at === "string" ? Date.parse(at) : at.getTime())) / 1000;
  if (!Number.isFinite(seconds)) return unknown;
  const distance = Math.abs(seconds);
  if (distance < 2) return "just now";
  const step = STEPS.find((s) => distance < s.until) ?? STEPS[STEPS.length - 1]!;
  const words = `${Math.max(1, Math.round(distance / step.seconds))} ${step.unit}`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}
