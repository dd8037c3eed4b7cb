import type { FleetDeployment } from "@/lib/fleet/schema";
import { formatDurationSeconds } from "@/lib/format/duration";
import { formatMoney } from "@/lib/format/money";
import { formatPercent } from "@/lib/format/number";

export type Ranked = { d: FleetDeployment; value: number; words: string; /** Beside the figure: what it is of. */ note?: string };
export const RANKINGS = {
  latency: { title: "Slowest", description: "p99 of the window", measure: "latency", of: (d) => d.p99Seconds, words: (v) => formatDurationSeconds(v) },
  errors: { title: "Most errors", description: "Share of requests that failed through no fault of the caller", measure: "errors", of: (d) => (d.errorRate === 0 ? null : d.errorRate), words: (v) => formatPercent(v) },
  cost: { title: "Most expensive", description: "Replica time in the window", measure: "cost", of: (d) => (d.costUsd === 0 ? null : d.costUsd), words: (v) => formatMoney(v) },
  idle: { title: "Most idle", description: "Paid for in the window while nothing was computed", measure: "utilisation", of: (d) => (d.idleUsd === 0 ? null : d.idleUsd), words: (v) => formatMoney(v) },
} as const satisfies Record<string, { title: string; description: string; measure: string; of: (d: FleetDeployment) => number | null; words: (value: number) => string }>;
export type Ranking = keyof typeof RANKINGS;

/** The first few by a measure, the highest first. What is not known is in no ranking: it is neither high nor low. */
export function rankFleet(deployments: readonly FleetDeployment[], by: Ranking, most = 5): Ranked[] {
  const { of, words } = RANKINGS[by];
  return deployments.flatMap((d): Ranked[] => {
    const value = of(d);
    return value === null ? [] : [{ d, value, words: words(value), note: by === "idle" && d.costUsd ? `${formatPercent(value / d.costUsd)} of its cost` : by === "errors" && d.requests !== null ? `of ${d.requests.toLocaleString("en-US")}` : undefined }];
  }).sort((a, b) => b.value - a.value || a.d.deployment.localeCompare(b.d.deployment)).slice(0, most);
}
