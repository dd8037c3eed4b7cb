/** AWS gives two minutes between the notice and the loss of a spot instance. */
export const NOTICE_SECONDS = 120;

/** Seconds of a 730-hour month. */
const MONTH_SECONDS = 730 * 3600;

/**
 * The bands of the Spot Advisor as interruptions per instance and month: the share of instances interrupted in the month before. The open
 * band is planned with its own limit, every instance once a month, since nothing on file says more.
 */
export const INTERRUPTIONS_PER_MONTH = [
  { low: 0, high: 0.05 }, { low: 0.05, high: 0.1 }, { low: 0.1, high: 0.15 }, { low: 0.15, high: 0.2 }, { low: 0.2, high: 1 },
] as const;

export type SpotVerdictInput = {
  /** Index of the band, 0..4 (SpotRisk.rangeIndex). null: none on file. */
  rangeIndex: number | null;
  /** From the notice to a replacement that serves: node, image, model. null: not measured yet. */
  startSeconds: number | null;
  replicas: number;
  /** Replicas that must be up for the load to be served. Default 1. */
  neededReplicas?: number;
  /** Wanted share of the time with the needed replicas up, as in 0.999. */
  availability: number;
};

export type SpotVerdict =
  | { known: false; reason: string }
  | {
      known: true;
      /** Expected interruptions a month over all replicas. */
      interruptionsPerMonth: { low: number; high: number };
      /** Seconds a replacement is missing after each interruption: what the notice does not cover. */
      gapSeconds: number;
      /** Expected seconds a month with fewer than the needed replicas, at the band's upper end. */
      unservedSecondsPerMonth: {
        /** Replicas are lost one by one, as in pools apart from each other. */
        independent: number;
        /** All are lost at once, as in one pool that is reclaimed whole. */
        together: number;
      };
      /** Fewest of the replicas on-demand with which the wanted availability is kept; null: not even with all. */
      onDemandFloor: { independent: number | null; together: number | null };
      sentence: string;
    };

/** What an interruption band means for this model: pure arithmetic on the measured start time, no history of its own. */
export function spotVerdict({ rangeIndex, startSeconds, replicas, neededReplicas = 1, availability }: SpotVerdictInput): SpotVerdict {
  const band = rangeIndex === null ? undefined : INTERRUPTIONS_PER_MONTH[rangeIndex];
  if (!band) return { known: false, reason: "No interruption band is on file for this instance type and region." };
  if (startSeconds === null || !Number.isFinite(startSeconds)) return { known: false, reason: "The start time of this model has not been measured yet." };
  const n = Math.max(0, Math.floor(replicas));
  const needed = Math.max(1, Math.floor(neededReplicas));
  const gapSeconds = Math.max(0, startSeconds - NOTICE_SECONDS);
  const down = downShare(band.high, gapSeconds);
  const floor = (shareUp: (onDemand: number) => number) => {
    for (let k = 0; k <= n; k++) if (shareUp(k) >= availability) return k;
    return null;
  };
  const independentUp = (k: number) => atLeastUp(n - k, needed - k, down);
  const togetherUp = (k: number) => (n < needed ? 0 : k >= needed ? 1 : 1 - down);
  const unserved = { independent: (1 - independentUp(0)) * MONTH_SECONDS, together: (1 - togetherUp(0)) * MONTH_SECONDS };
  const onDemandFloor = { independent: floor(independentUp), together: floor(togetherUp) };
  return {
    known: true,
    interruptionsPerMonth: { low: band.low * n, high: band.high * n },
    gapSeconds,
    unservedSecondsPerMonth: unserved,
    onDemandFloor,
    sentence: sentenceOf(startSeconds, gapSeconds, onDemandFloor.together, n),
  };
}

/** Long-run share of the time a replica is missing: gap ÷ (mean time until the next interruption + gap). */
export function downShare(interruptionsPerMonth: number, gapSeconds: number): number {
  if (interruptionsPerMonth <= 0) return 0;
  return gapSeconds / (MONTH_SECONDS / interruptionsPerMonth + gapSeconds);
}

/** Probability that at least `needed` of `n` independent replicas are up, each missing a share `down` of the time. */
function atLeastUp(n: number, needed: number, down: number): number {
  if (needed <= 0) return 1;
  if (needed > n) return 0;
  // Summed over the failures, so that a tiny probability of being short is not lost next to 1.
  let short = 0;
  let ways = 1;
  for (let up = 0; up < needed; up++) {
    short += ways * (1 - down) ** up * down ** (n - up);
    ways = (ways * (n - up)) / (up + 1);
  }
  return 1 - short;
}

function sentenceOf(startSeconds: number, gapSeconds: number, floor: number | null, n: number): string {
  const start = `A replacement serves after ${Math.round(startSeconds)} s`;
  if (gapSeconds === 0) return `${start}, within the two-minute notice: an interruption loses no capacity, as long as spot or fallback capacity can be had.`;
  const advice = floor === null ? `even ${n} on-demand do not reach the wanted availability, more replicas do` : floor === 0 ? "no replica needs to be on-demand for the wanted availability" : `keep ${floor} of ${n} on-demand for the wanted availability`;
  return `${start}, ${Math.round(gapSeconds)} s more than the notice; ${advice}.`;
}
