import { divideRounded, toNanodollars, type Nanodollars } from "@/lib/costs/money";
import type { PricedInterval } from "@/lib/costs/price-replica-time";

/** Cost of replica time in a window, without its days: what priceReplicaTime sums up to. null: a part has no price. Pure. */
export function totalOf(intervals: readonly PricedInterval[], window: { from: Date; to: Date }, now: Date): Nanodollars | null {
  const [from, to] = [window.from.getTime(), Math.min(window.to.getTime(), now.getTime())];
  let weighted = 0n;
  for (const i of intervals) {
    const ms = Math.min(to, i.endedAt?.getTime() ?? to) - Math.max(from, i.startedAt.getTime());
    if (ms <= 0) continue;
    if (i.priceUsdPerHour === null) return null;
    weighted += toNanodollars(i.priceUsdPerHour) * BigInt(ms);
  }
  return divideRounded(weighted, 3_600_000n);
}
