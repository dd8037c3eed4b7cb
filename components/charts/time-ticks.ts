const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [minute / 6, minute / 2, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day];

/** Round local times between two, at most `most` of them. `offsetMinutes`: local time minus UTC, so that days begin at midnight here. */
export function timeTicks(fromMs: number, toMs: number, most: number, offsetMinutes: number): number[] {
  const span = toMs - fromMs;
  if (span <= 0 || most < 1) return [];
  // Words without seconds tell minutes apart, no less, and words of days tell days.
  const finest = withSeconds(span) ? 0 : inDays(span) ? day : minute;
  const step = steps.find((s) => span / s <= most && s >= finest) ?? Math.ceil(span / most / day) * day;
  const shift = offsetMinutes * minute;
  const ticks: number[] = [];
  for (let t = Math.ceil((fromMs + shift) / step) * step - shift; t <= toMs; t += step) ticks.push(t);
  return ticks;
}

/** A tick's words: the hour within two days, the day beyond; midnight by its day where the window may hold two; seconds only where the window is below three minutes. */
export function tickWords(timeMs: number, spanMs: number): string {
  const at = new Date(timeMs);
  if (inDays(spanMs) || (spanMs > day && at.getHours() === 0 && at.getMinutes() === 0)) return at.toLocaleDateString(undefined, { day: "numeric", month: "short" });
  return at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: withSeconds(spanMs) ? "2-digit" : undefined, hourCycle: "h23" });
}

const inDays = (spanMs: number) => spanMs > 2 * day;
const withSeconds = (spanMs: number) => spanMs < 3 * minute;
