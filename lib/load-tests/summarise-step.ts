import type { LoadStep } from "@/lib/load-tests/schema";

/** What one step's sender counted. Latencies are of answered requests, in milliseconds, in any order. */
export type StepTally = { seconds: number; sent: number; answeredWithin: number; latenciesMs: Float64Array; sendDelaysMs: Float64Array; errorsByCause: Record<string, number> };

/** The smallest value that at least this share of them does not exceed (nearest rank); null of none. `sorted` rises. */
export function percentileOf(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Pure: the figures of a step. Percentiles are exact, of every answered request. */
export function summariseStep(load: number, startedAt: Date, tally: StepTally, cost: { replicas: number | null; pricePerHour: number | null }): LoadStep {
  const latencies = tally.latenciesMs.toSorted();
  const throughput = tally.answeredWithin / tally.seconds;
  return {
    load, startedAt: startedAt.toISOString(), seconds: tally.seconds, sent: tally.sent, answered: latencies.length,
    failed: Object.values(tally.errorsByCause).reduce((sum, n) => sum + n, 0), errorsByCause: tally.errorsByCause, throughput,
    p50Ms: percentileOf(latencies, 0.5), p95Ms: percentileOf(latencies, 0.95), p99Ms: percentileOf(latencies, 0.99),
    meanMs: latencies.length === 0 ? null : latencies.reduce((sum, v) => sum + v, 0) / latencies.length, maxMs: latencies.at(-1) ?? null,
    sendDelayP99Ms: percentileOf(tally.sendDelaysMs.toSorted(), 0.99), replicas: cost.replicas, costPer1000: costPer1000(cost, throughput),
  };
}

/** Replicas cost by the hour whether busy or not: what 1,000 predictions cost when they come at this rate. null where a part is not known, or nothing was answered. */
export function costPer1000({ replicas, pricePerHour }: { replicas: number | null; pricePerHour: number | null }, throughput: number): number | null {
  if (replicas === null || replicas === 0 || pricePerHour === null || throughput <= 0) return null;
  return ((replicas * pricePerHour) / 3600 / throughput) * 1000;
}
