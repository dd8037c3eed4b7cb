import type { LoadStep } from "@/lib/load-tests/schema";

type Step = Pick<LoadStep, "throughput" | "p95Ms" | "answered" | "failed">;

/** Share of failed requests above which a step is not counted as one that the deployment bore. */
export const MOST_FAILED = 0.01;
export const bore = (s: Pick<LoadStep, "answered" | "failed">): boolean => s.answered > 0 && s.failed / (s.answered + s.failed) <= MOST_FAILED;

/**
 * The knee of a latency-throughput curve, as the step with the greatest power: throughput divided by p95 (Kleinrock's measure). Before it more
 * load brings more throughput than it costs in latency; past it, less. Steps with more than 1 % failed do not count; of equals the lower load. Pure.
 */
export function kneeOf(steps: readonly Step[]): { step: number | null; note: string } {
  const powers = steps.map((s) => (bore(s) && s.p95Ms !== null && s.p95Ms > 0 ? s.throughput / s.p95Ms : null));
  const best = powers.reduce<number | null>((at, power, i) => (power !== null && (at === null || power > powers[at]!) ? i : at), null);
  if (best === null) return { step: null, note: steps.length === 0 ? "No step has ended." : "Every step had more than 1 % of its requests fail." };
  if (steps.length === 1) return { step: null, note: "One step makes no curve." };
  if (best === steps.length - 1) return { step: null, note: "Not reached: the last step still gained more throughput than it lost in latency. Go on with more load." };
  if (best === 0) return { step: 0, note: "At the first step already: what a lower load does was not measured." };
  return { step: best, note: "Greatest throughput for its p95; past it latency rises faster than throughput." };
}
