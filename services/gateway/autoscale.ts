const DOWN_STABILISATION_MS = 60_000;
const UP_WINDOW_MS = 3000;

/** Requests in flight or queued over all replicas of a revision, at one moment. */
export type LoadSample = { at: number; load: number };

export type AutoscaleInput = {
  now: number;
  /** In order of time; what is older than the stabilisation window is ignored. */
  samples: readonly LoadSample[];
  min: number;
  max: number;
  targetConcurrency: number;
  /** What was wanted last. */
  current: number;
  /** When `current` was last raised, ms; -Infinity: never. */
  lastRaisedAt: number;
  /** With a minimum of zero: how long no request has come and nothing was starting, and for how long that must last. */
  quietMs: number;
  idleMs: number;
};

/**
 * How many replicas a revision should have. Up at once, by the mean load of the last three seconds; down only to what the busiest
 * moment of the last minute needed, and never within a minute of having gone up. With a minimum of zero the last one goes when it has
 * been quiet for the idle time, whatever the minute says: the idle time is the user's own.
 */
export function wantedReplicas(input: AutoscaleInput): number {
  const { now, samples, max, targetConcurrency, current, lastRaisedAt, quietMs, idleMs } = input;
  if (max <= 0) return 0;
  if (input.min <= 0 && current > 0 && quietMs >= idleMs) return 0;
  const min = current > 0 ? Math.max(1, input.min) : input.min;
  const clamp = (n: number) => Math.max(min, Math.min(max, n));
  const need = (load: number) => Math.ceil(load / Math.max(1, targetConcurrency));
  const within = (ms: number) => samples.filter((s) => s.at > now - ms && s.at <= now);

  const recent = within(UP_WINDOW_MS);
  const mean = recent.length === 0 ? 0 : recent.reduce((sum, s) => sum + s.load, 0) / recent.length;
  const up = clamp(need(mean));
  if (up > current) return up;
  if (current > max) return max;
  if (current < min) return min;
  if (now - lastRaisedAt < DOWN_STABILISATION_MS) return current;
  const window = within(DOWN_STABILISATION_MS);
  const oldest = window[0];
  // Less than a window of history says nothing about a quiet minute yet.
  if (!oldest || now - oldest.at < DOWN_STABILISATION_MS * 0.95) return current;
  return Math.min(current, clamp(Math.max(...window.map((s) => need(s.load)))));
}
