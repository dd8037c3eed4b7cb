import { DURATION_BUCKETS_SECONDS } from "@/lib/observability/buckets";

/**
 * Quantile of a histogram, in seconds, as Prometheus' histogram_quantile computes it: linear within the bucket, from zero in
 * the first one, and the highest bound for what lies beyond it. `counts` are per bucket, not cumulative. null without observations.
 */
export function quantile(q: number, counts: readonly number[], bounds: readonly number[] = DURATION_BUCKETS_SECONDS): number | null {
  const total = counts.reduce((a, b) => a + b, 0);
  if (total <= 0) return null;
  const rank = q * total;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    const inBucket = counts[i] ?? 0;
    if (below + inBucket >= rank && inBucket > 0) {
      if (i >= bounds.length) return bounds.at(-1)!;
      const lower = i === 0 ? 0 : bounds[i - 1]!;
      return lower + (bounds[i]! - lower) * Math.max(0, (rank - below) / inBucket);
    }
    below += inBucket;
  }
  return bounds.at(-1)!;
}
