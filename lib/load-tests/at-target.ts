import { bore } from "@/lib/load-tests/knee";
import type { LatencyTarget, LoadStep, LoadTestDto } from "@/lib/load-tests/schema";

type Step = Pick<LoadStep, "throughput" | "p50Ms" | "p95Ms" | "p99Ms" | "answered" | "failed" | "costPer1000">;

/** The measured step with the most throughput that keeps a latency target with at most 1 % failed, and what 1,000 predictions cost there. Nothing is interpolated. Pure. */
export function atTarget(steps: readonly Step[], { percentile, targetMs }: Required<LatencyTarget>): NonNullable<LoadTestDto["atTarget"]> {
  const kept = steps.flatMap((s, i) => {
    const latency = s[`${percentile}Ms`];
    return bore(s) && latency !== null && latency <= targetMs ? [{ i, s }] : [];
  });
  const best = kept.reduce<(typeof kept)[number] | null>((most, next) => (most === null || next.s.throughput > most.s.throughput ? next : most), null);
  const asked = { percentile, targetMs };
  if (best === null) return { ...asked, step: null, throughput: null, costPer1000: null, note: steps.length === 0 ? "No step has ended." : `No step kept ${percentile} within ${targetMs} ms with at most 1 % failed.` };
  return {
    ...asked, step: best.i, throughput: best.s.throughput, costPer1000: best.s.costPer1000,
    note: best.s.costPer1000 === null ? "No price or no count of replicas is on file for that step." : best.i === steps.length - 1 ? "At the last step: with more load it may be cheaper still." : "The most throughput of the steps that kept it.",
  };
}
