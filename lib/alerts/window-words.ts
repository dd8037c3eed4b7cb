import type { WindowName } from "@/lib/observability/metrics-source";

/** Windows of rules as people say them. */
export const WINDOW_WORDS: Record<WindowName, string> = { "5m": "5 min", "15m": "15 min", "1h": "1 h", "6h": "6 h", "24h": "24 h", "1d": "a day", "7d": "7 days" };
