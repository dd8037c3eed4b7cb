import type { Condition } from "@/lib/alerts/schema";
import type { Verdict } from "@/lib/alerts/step";
import { WINDOW_WORDS } from "@/lib/alerts/window-words";
import { formatCount } from "@/lib/format/number";
import type { Metrics, WindowName } from "@/lib/observability/metrics-source";

export type Judged = { verdict: Verdict; value: number | null; text: string; noData: string | null };
/** What a condition is held against. A reading that could not be made is null. */
export type Readings = {
  metrics: Partial<Record<WindowName, Metrics | null>>;
  /** Events of its kind within its minutes. */
  events: number | null;
  budget: { budgetUsd: number; spentUsd: number | null } | null;
};

/** Older than this, the newest sample says nothing about now. */
const STALE_SECONDS = 90;
/** A value has to fall to this share of its threshold before it counts as over. */
const MARGIN = 0.9;
/** Windows of a burn rate and its factor, after the usual practice of a 30 day objective. */
export const BURN = { fast: { long: "1h", short: "5m", factor: 14.4 }, slow: { long: "6h", short: "1h", factor: 6 } } as const;

const unknown = (why: string): Judged => ({ verdict: "unknown", value: null, text: why, noData: why });
const over = (value: number, threshold: number, text: string): Judged => ({ verdict: value > threshold ? "breach" : value <= threshold * MARGIN ? "clear" : "between", value, text, noData: null });
const counted = (value: number | null, threshold: number, text: (n: number) => string): Judged =>
  value === null ? unknown("Its events could not be read.") : { verdict: value >= threshold ? "breach" : "clear", value, text: text(value), noData: null };

export const windowsOf = (c: Condition): WindowName[] => (c.kind === "burnRate" ? [BURN[c.speed].long, BURN[c.speed].short] : "window" in c ? [c.window] : []);

/** Pure: what a condition says now. Absent, old or partial data is unknown, never good or bad. */
export function judge(c: Condition, r: Readings, now: Date): Judged {
  switch (c.kind) {
    case "budget":
      if (!r.budget) return unknown("The environment has no budget.");
      if (r.budget.spentUsd === null) return unknown("What was spent is unknown: a replica has no price.");
      return over((r.budget.spentUsd / r.budget.budgetUsd) * 100, c.percent - 1e-9, `$${r.budget.spentUsd.toFixed(2)} of $${r.budget.budgetUsd.toFixed(2)} is spent this month`);
    case "crashLoop": return counted(r.events, c.failures, (n) => `${n} failed ${n === 1 ? "replica" : "replicas"} in ${c.minutes} min`);
    case "spotInterruption": return counted(r.events, c.interruptions, (n) => `${n} ${n === 1 ? "interruption" : "interruptions"} in ${c.minutes} min`);
    case "rolloutFailed": return counted(r.events, 1, (n) => `${n} ${n === 1 ? "rollout" : "rollouts"} failed in ${c.minutes} min`);
    default: return judgeMeasures(c, r, now);
  }
}

/** A source that fails on one of these says nothing of the condition, whatever else it knows. */
const NEEDED = { latency: ["totals"], errorRate: ["totals"], burnRate: ["totals"], noTraffic: ["totals", "replicas"], saturation: ["queue", "replicas"] } as const;
/** What is read of a source for any rule: that it is alive, and what rules compare. */
export const READ_FOR_RULES = ["requestsPerSecond", "queue", "replicas"] as const;

type Measured = Exclude<Condition, { kind: "budget" | "crashLoop" | "spotInterruption" | "rolloutFailed" }>;

function judgeMeasures(c: Measured, r: Readings, now: Date): Judged {
  const read = windowsOf(c).map((w) => r.metrics[w]);
  for (const m of read) {
    if (!m) return unknown("The source of measures did not answer.");
    const gap = m.gaps.find((g) => g.kind === "no_source") ?? m.gaps.find((g) => g.kind === "failed" && NEEDED[c.kind].some((n) => n === g.measure));
    if (gap) return unknown(gap.reason);
    if (m.asOf === null || now.getTime() / 1000 - m.asOf > STALE_SECONDS) return unknown("No sample for more than 90 s.");
  }
  const m = read[0]!;
  const { requests, errors, p99 } = m.totals;
  const within = `in ${WINDOW_WORDS[windowsOf(c)[0]!]}`;
  switch (c.kind) {
    case "latency": return p99 === null ? unknown(m.gaps.find((g) => g.measure === "p99" && g.kind === "absent")?.reason ?? `No request ${within}.`) : over(p99 * 1000, c.thresholdMs, `p99 is ${(p99 * 1000).toFixed(1)} ms ${within}; the limit is ${c.thresholdMs} ms`);
    case "errorRate": return requests === null || errors === null ? unknown(`Requests ${within} are not known.`) : requests === 0 ? unknown(`No request ${within}.`) : over((errors / requests) * 100, c.thresholdPercent, `${((errors / requests) * 100).toFixed(2)} % of ${formatCount(requests)} requests failed ${within}; the limit is ${c.thresholdPercent} %`);
    case "burnRate": {
      if (read.some((x) => !x!.totals.requests || x!.totals.errors === null)) return unknown("No request, or none known, in one of its windows.");
      const { factor, long, short } = BURN[c.speed];
      const burns = read.map((x) => x!.totals.errors! / x!.totals.requests! / (1 - c.objectivePercent / 100));
      // Both windows have to burn, so the slower of the two decides.
      return over(Math.min(...burns), factor, `The error budget of ${c.objectivePercent} % burns ${burns[0]!.toFixed(1)} times too fast in ${WINDOW_WORDS[long]}, ${burns[1]!.toFixed(1)} in ${WINDOW_WORDS[short]}; the limit is ${factor}`);
    }
    case "noTraffic": {
      const ready = mean(m.series.replicas);
      if (ready === null || ready === 0) return unknown("No replica is ready.");
      if (requests === null) return unknown(`Requests ${within} are not known.`);
      return { verdict: requests === 0 ? "breach" : "clear", value: requests, text: requests === 0 ? `No request ${within}` : `${formatCount(requests)} ${requests === 1 ? "request" : "requests"} ${within}`, noData: null };
    }
    case "saturation": {
      const lacks = m.gaps.find((g) => g.measure === "queue" && (g.kind === "absent" || g.kind === "empty"));
      if (lacks) return unknown(lacks.reason);
      const [queue, ready] = [mean(m.series.queue), mean(m.series.replicas)];
      if (queue === null || ready === null || ready === 0) return unknown("No replica is ready.");
      return over(queue / ready, c.waitingPerReplica, `${(queue / ready).toFixed(1)} requests wait per replica ${within}; the limit is ${c.waitingPerReplica}`);
    }
  }
}

function mean(series: [number, number | null][]): number | null {
  const known = series.flatMap(([, v]) => (v === null ? [] : [v]));
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}
