/** Windows of the measures, as the page's address has them. */
export const METRIC_WINDOWS = ["5m", "15m", "1h", "6h", "24h", "7d"] as const;
export type MetricWindow = (typeof METRIC_WINDOWS)[number];

/** Between two reads: about a step of the window, so that nothing is drawn late and nothing is read for nothing. */
export const REFRESH_MS: Record<MetricWindow, number> = { "5m": 10_000, "15m": 15_000, "1h": 15_000, "6h": 60_000, "24h": 120_000, "7d": 300_000 };

/** In a sentence: "over the last hour". */
export const WINDOW_WORDS: Record<MetricWindow, string> = { "5m": "5 minutes", "15m": "15 minutes", "1h": "hour", "6h": "6 hours", "24h": "24 hours", "7d": "7 days" };
