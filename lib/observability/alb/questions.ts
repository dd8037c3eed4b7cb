import type { Range } from "@/lib/observability/metrics-source";

/** A target group behind its load balancer, both as CloudWatch's dimensions name them. */
export type AlbGroup = { targetGroup: string; loadBalancer: string };
export type Stretch = { fromSeconds: number; toSeconds: number; periodSeconds: number };
/** One metric by one statistic. Without a target group: of the whole load balancer. */
export type Question = { metric: string; stat: string; loadBalancer: string; targetGroup: string | null; periodSeconds: number };

const NAMED = {
  requests: ["RequestCount", "Sum"], failed: ["HTTPCode_Target_5XX_Count", "Sum"], refused: ["HTTPCode_Target_4XX_Count", "Sum"],
  p50: ["TargetResponseTime", "p50"], p95: ["TargetResponseTime", "p95"], p99: ["TargetResponseTime", "p99"], seconds: ["TargetResponseTime", "Sum"], answered: ["TargetResponseTime", "SampleCount"],
  healthy: ["HealthyHostCount", "Average"],
} as const;
export type Part = keyof typeof NAMED;

export const questionOf = (part: Part, group: AlbGroup, periodSeconds: number): Question => ({ metric: NAMED[part][0], stat: NAMED[part][1], ...group, periodSeconds });
/** What a load balancer answered with 5xx itself: it is not counted by target group. */
export const ownFailures = (loadBalancer: string, periodSeconds: number): Question => ({ metric: "HTTPCode_ELB_5XX_Count", stat: "Sum", loadBalancer, targetGroup: null, periodSeconds });

/** Elastic Load Balancing sends a minute's figures after it is over, and CloudWatch needs a while to have them all. */
const ARRIVED_SECONDS = 120;
/** CloudWatch keeps minutes for 15 days and five minutes for 63. The hour is for a question that travels. */
const MINUTES_KEPT_SECONDS = 15 * 86_400 - 3600;

/** Pure: the periods that answer a page's steps, on the clock; null: nothing of it has arrived. A finer step shows the minute it is in. */
export function stretchOf(range: Range, nowSeconds: number): Stretch | null {
  const finest = nowSeconds - range.fromSeconds > MINUTES_KEPT_SECONDS ? 300 : 60;
  const periodSeconds = Math.ceil(Math.max(finest, range.stepSeconds) / finest) * finest;
  const onClock = (t: number) => Math.floor(t / periodSeconds) * periodSeconds;
  const stretch = { fromSeconds: onClock(range.fromSeconds), toSeconds: onClock(Math.min(range.toSeconds, nowSeconds - ARRIVED_SECONDS)), periodSeconds };
  return stretch.toSeconds > stretch.fromSeconds ? stretch : null;
}
/** The whole of it as one period. */
export const asOne = (s: Stretch): number => s.toSeconds - s.fromSeconds;
