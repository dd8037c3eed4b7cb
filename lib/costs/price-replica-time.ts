import { divideRounded, toNanodollars, toUsd } from "./money";
import { withUse } from "./with-use";

/** Time a replica existed, at the price its revision had when it started. */
export type PricedInterval = {
  startedAt: Date;
  /** null: it still exists. */
  endedAt: Date | null;
  revision: number;
  /** null: no price was on file. */
  priceUsdPerHour: number | null;
  /** true: the price is an estimate (local target, composed spot price). */
  estimate: boolean;
};

export type ReplicaTimeInput = {
  intervals: PricedInterval[];
  /** Half open: from ≤ t < to. Time after `now` is not counted. */
  window: { from: Date; to: Date };
  now: Date;
  /** Replica-seconds in the window during which a prediction was computed; null: not measured. */
  busySeconds: number | null;
  /** Predictions answered in the window; null: not measured. */
  predictions: number | null;
};

export type ReplicaTimeCost = {
  /** USD in the window. null when any replica in it has no price: an unknown part makes an unknown sum. */
  total: number | null;
  /** One row a UTC day touched by the window; the rows add up to the total exactly. */
  perDay: { day: string; total: number | null; replicaSeconds: number }[];
  perRevision: { revision: number; total: number | null; replicaSeconds: number }[];
  /** USD an hour of the replicas that exist at the window's end. */
  perHour: number | null;
  /** Share of the total in which replicas computed, and the rest; null when it was not measured. used + idle = total. */
  used: number | null;
  idle: number | null;
  /** null without predictions. */
  per1000Predictions: number | null;
  replicaSeconds: number;
  currency: "USD";
  estimate: boolean;
  /** One sentence on what the figures rest on. */
  note: string;
};

const HOUR_MS = 3_600_000n;
const DAY_MS = 86_400_000;

/** Cost of replica time: Σ price × time, exact to the nanodollar. Throws RangeError when the window ends before it starts. */
export function priceReplicaTime({ intervals, window, now, busySeconds, predictions }: ReplicaTimeInput): ReplicaTimeCost {
  const from = window.from.getTime();
  const end = window.to.getTime();
  if (!(end >= from)) throw new RangeError("A window ends after it starts.");
  const to = Math.max(from, Math.min(end, now.getTime()));

  const perDay = new Map<number, Sum>();
  const perRevision = new Map<number, Sum>();
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++) perDay.set(day, new Sum());
  const all = new Sum();
  const running = new Sum();
  let estimate = false;
  for (const interval of intervals) {
    const start = Math.max(from, interval.startedAt.getTime());
    const stop = Math.min(to, interval.endedAt?.getTime() ?? to);
    const price = interval.priceUsdPerHour === null ? null : toNanodollars(interval.priceUsdPerHour);
    if (interval.startedAt.getTime() <= to && (interval.endedAt === null || interval.endedAt.getTime() > to)) running.add(price, Number(HOUR_MS));
    if (stop <= start) continue;
    estimate ||= interval.estimate;
    all.add(price, stop - start);
    entry(perRevision, interval.revision).add(price, stop - start);
    for (let at = start; at < stop; ) {
      const day = Math.floor(at / DAY_MS);
      const next = Math.min(stop, (day + 1) * DAY_MS);
      entry(perDay, day).add(price, next - at);
      at = next;
    }
  }

  const total = all.nano();
  return withUse({
    total: usd(total),
    perDay: addUpExactly([...perDay].sort(([a], [b]) => a - b)).map(([day, amount, sum]) => ({ day: new Date(day * DAY_MS).toISOString().slice(0, 10), total: usd(amount), replicaSeconds: sum.ms / 1000 })),
    perRevision: addUpExactly([...perRevision].sort(([a], [b]) => a - b)).map(([revision, amount, sum]) => ({ revision, total: usd(amount), replicaSeconds: sum.ms / 1000 })),
    perHour: usd(running.nano()),
    replicaSeconds: all.ms / 1000,
    currency: "USD",
    estimate,
    note: noteOf(all, estimate),
  }, { busySeconds, predictions });
}

/** Replica time and its price × time in nanodollar-milliseconds per hour; knows when a part of it has no price. */
class Sum {
  ms = 0;
  unpricedMs = 0;
  private weighted = 0n;
  add(priceNano: bigint | null, ms: number) {
    this.ms += ms;
    if (priceNano === null) this.unpricedMs += ms;
    else this.weighted += priceNano * BigInt(ms);
  }
  /** What is priced of it, before rounding. */
  known = () => this.weighted;
  nano = () => (this.unpricedMs > 0 ? null : divideRounded(this.weighted, HOUR_MS));
}

/** Rounds the running sum, not each row, so that the rows add up to the rounded total. */
function addUpExactly<K>(rows: [K, Sum][]): [K, bigint | null, Sum][] {
  let sum = 0n;
  let rounded = 0n;
  return rows.map(([key, row]) => {
    sum += row.known();
    const next = divideRounded(sum, HOUR_MS);
    const amount = next - rounded;
    rounded = next;
    return [key, row.unpricedMs > 0 ? null : amount, row];
  });
}

function entry<K>(map: Map<K, Sum>, key: K): Sum {
  const found = map.get(key) ?? new Sum();
  map.set(key, found);
  return found;
}

const usd = (nano: bigint | null) => (nano === null ? null : toUsd(nano));

function noteOf(all: Sum, estimate: boolean): string {
  if (all.ms === 0) return "No replica existed in this window.";
  if (all.unpricedMs > 0) return `No price on file for ${Math.round((all.unpricedMs / all.ms) * 100) || "under 1"}% of the replica time, so the sum is unknown.`;
  return estimate ? "Estimate: measured replica time × a price that nobody bills as such." : "Measured replica time × the price on file.";
}
