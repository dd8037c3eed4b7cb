import { isKnown, UNKNOWN } from "./unknown";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** As people say it: 0.12 ms · 1.4 ms · 38 ms · 1.2 s · 38 s · 2 min · 2 min 5 s · 3 h 20 min · 4 d 6 h. At most two units. */
export function formatDurationMs(ms: number | null | undefined, unknown = UNKNOWN): string {
  if (!isKnown(ms)) return unknown;
  if (ms < 0) return `−${formatDurationMs(-ms)}`;
  if (ms === 0) return "0 s";
  if (ms < 0.01) return "under 0.01 ms";
  if (ms < 1) return `${Number(ms.toFixed(2))} ms`;
  if (ms < 9.95) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9.95 * SECOND) return `${Number((ms / SECOND).toFixed(1))} s`;
  if (ms < 59.5 * SECOND) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR - SECOND / 2) return pair(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY - MINUTE / 2) return pair(ms, HOUR, "h", MINUTE, "min");
  return pair(ms, DAY, "d", HOUR, "h");
}

export const formatDurationSeconds = (seconds: number | null | undefined, unknown = UNKNOWN) => formatDurationMs(isKnown(seconds) ? seconds * SECOND : null, unknown);

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rounded = Math.round(ms / small) * small;
  const rest = Math.round((rounded % big) / small);
  const whole = Math.floor(rounded / big);
  return rest === 0 ? `${whole} ${bigUnit}` : `${whole} ${bigUnit} ${rest} ${smallUnit}`;
}
