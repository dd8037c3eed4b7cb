import { NOTICE_SECONDS } from "@/lib/costs/spot-verdict";

const MONTH_SECONDS = 730 * 3600;

export type MonthInput = { replicas: number; onDemand: number; needed: number; interruptionsPerMonth: number; startSeconds: number; /** Lost together, as in one pool, or one by one. */ together: boolean };

/**
 * Seconds of one month with fewer than the needed replicas. Interruptions arrive at random (exponential gaps); after each a replica is
 * missing from the end of the notice until its replacement serves. `random` gives numbers in [0, 1).
 */
export function simulateMonth(input: MonthInput, random: () => number): { shortSeconds: number; interruptions: number } {
  const { replicas, onDemand, needed, interruptionsPerMonth, startSeconds, together } = input;
  const gap = Math.max(0, startSeconds - NOTICE_SECONDS);
  const spot = replicas - onDemand;
  const changes: [at: number, by: number][] = [];
  let interruptions = 0;
  for (let source = 0; source < (together ? Math.min(1, spot) : spot); source++) {
    const lost = together ? spot : 1;
    for (let at = next(); at < MONTH_SECONDS; at += gap + next()) {
      interruptions += lost;
      changes.push([at, -lost], [Math.min(at + gap, MONTH_SECONDS), lost]);
    }
  }
  let [up, last, shortSeconds] = [replicas, 0, 0];
  for (const [at, by] of changes.sort((a, b) => a[0] - b[0])) {
    if (up < needed) shortSeconds += at - last;
    [up, last] = [up + by, at];
  }
  return { shortSeconds: shortSeconds + (up < needed ? MONTH_SECONDS - last : 0), interruptions };

  function next(): number {
    return (-Math.log(1 - random()) * MONTH_SECONDS) / interruptionsPerMonth;
  }
}
