/** Windows of the measures, as the page's address has them. */
export const METRIC_WINDOWS = ["5m", "15m", "1h", "6h", "24h", "7d"] as const;
export type MetricWindow = (typeof METRIC_WINDOWS)[number];

/** Between two reads: about a step of the window, so that nothing is drawn late and nothing is read for nothing. */
export const REFRESH_MS: Record<MetricWindow, number> = { "5m": 10_000, "15m": 15_000, "1h": 15_000, "6h": 60_000, "24h": 120_000, "7d": 300_000 };

/** Behind a count: "454 in 15 min". */
export const WINDOW_WORDS: Record<MetricWindow, string> = { "5m": "5 min", "15m": "15 min", "1h": "an hour", "6h": "6 h", "24h": "24 h", "7d": "7 days" };

/** What is shown where the address names no window: no longer than the deployment's life needs, or its first minutes were a dot at the edge of an hour. */
export function firstWindow(createdAt: string, nowMs: number): MetricWindow {
  const minutes = (nowMs - Date.parse(createdAt)) / 60_000;
  return minutes < 4 ? "5m" : minutes < 12 ? "15m" : "1h";
}
