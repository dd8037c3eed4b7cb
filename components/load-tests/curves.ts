import type { Curve } from "@/components/load-tests/load-curve";
import { loadWords } from "@/components/load-tests/words";
import { formatDurationMs } from "@/lib/format/duration";
import { formatRate } from "@/lib/format/number";
import { PERCENTILES, type LoadTestDto, type Percentile } from "@/lib/load-tests/schema";

const STROKES: Record<Percentile, Pick<Curve, "stroke" | "strokeWidth" | "dash">> = {
  p50: { stroke: "var(--color-latency-1)", strokeWidth: 1.5, dash: "2 3" }, p95: { stroke: "var(--color-latency-2)", strokeWidth: 1.5, dash: "6 3" }, p99: { stroke: "var(--color-latency-3)", strokeWidth: 2 },
};
/** Told apart by dash and letter as well as by tone. */
const OVERLAID: Pick<Curve, "stroke" | "strokeWidth" | "dash">[] = [
  { stroke: "var(--color-latency-3)", strokeWidth: 2 }, { stroke: "var(--color-cost-2)", strokeWidth: 1.75, dash: "6 3" }, { stroke: "var(--color-utilisation-2)", strokeWidth: 1.75, dash: "2 3" }, { stroke: "var(--color-traffic-2)", strokeWidth: 1.75, dash: "8 3 2 3" },
];
export const MOST_COMPARED = OVERLAID.length;
export const letterOf = (i: number) => "ABCD"[i]!;

/** p50, p95 and p99 of one test; the knee is marked on p95, by which it is found. */
export const percentileCurves = (t: LoadTestDto): Curve[] => PERCENTILES.map((p) => ({ key: p, label: p, ...STROKES[p], points: pointsOf(t, p, p === "p95") }));

/** One percentile of several tests. */
export const comparedCurves = (tests: readonly LoadTestDto[], p: Percentile): Curve[] => tests.map((t, i) => ({ key: t.id, label: letterOf(i), ...OVERLAID[i]!, points: pointsOf(t, p, p === "p95") }));

function pointsOf(t: LoadTestDto, p: Percentile, markKnee: boolean): Curve["points"] {
  return t.steps.flatMap((s, i) => {
    const y = s[`${p}Ms`];
    return y === null ? [] : [{ x: s.throughput, y, title: `${loadWords(t.plan, s.load)}: ${formatRate(s.throughput)}, ${p} ${formatDurationMs(y)}`, marked: markKnee && t.knee.step === i }];
  });
}
