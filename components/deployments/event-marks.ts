import type { z } from "zod";
import type { Mark, MarkKind } from "@/components/charts/series";
import type { IncidentDto } from "@/lib/alerts/schema";
import type { eventSchema } from "@/lib/deployments/schema";

export type DeploymentEventDto = z.infer<typeof eventSchema>;

type Look = { words: (e: DeploymentEventDto) => string; state: NonNullable<Mark["state"]>; kind?: MarkKind };
const revision = (e: DeploymentEventDto) => (e.revision === null ? "" : ` r${e.revision}`);

/** The events that explain a bend in a line; the others are on the page of events. */
const MARKED: Record<string, Look> = {
  RevisionCreated: { words: (e) => `deploy${revision(e)}`, state: "progressing" },
  RolledBack: { words: (e) => `rollback${revision(e)}`, state: "warning" },
  Canary: { words: (e) => `canary${revision(e)}`, state: "progressing" },
  CanaryPromoted: { words: (e) => `promoted${revision(e)}`, state: "progressing" },
  CanaryRolledBack: { words: (e) => `rolled back${revision(e)}`, state: "failed" },
  CanaryWaits: { words: (e) => `canary waits${revision(e)}`, state: "warning" },
  DrillStarted: { words: () => "drill", state: "warning", kind: "interruption" },
  Serving: { words: (e) => `serving${revision(e)}`, state: "ready" },
  Aborted: { words: () => "given up", state: "warning" },
  RolloutFailed: { words: (e) => `failed${revision(e)}`, state: "failed" },
  Scaled: { words: () => "scaled", state: "stopped", kind: "scaling" },
  ScaledToZero: { words: () => "asleep", state: "stopped", kind: "scaling" },
  Starting: { words: () => "start", state: "progressing", kind: "scaling" },
  LoadTestStarted: { words: (e) => `load test${revision(e)}`, state: "warning" },
  LoadTestEnded: { words: () => "load test ends", state: "stopped" },
  Stopped: { words: () => "stopped", state: "stopped", kind: "scaling" },
};
/** Karpenter's words about a node that is taken back, as lib/targets/kubernetes/read-cluster.ts keeps them. */
const INTERRUPTIONS = new Set(["SpotInterrupted", "SpotRebalanceRecommendation", "CapacityReservationInstanceInterrupted", "InstanceStopping", "InstanceTerminating", "InstanceUnhealthy", "TerminatingOnInterruption", "Interrupted"]);
const FAILURES = new Set(["Crashed", "OutOfMemory", "LoadFailed", "StartTimeout", "DigestMismatch", "Unresponsive"]);
const FAILURE_WORDS: Record<string, string> = { Crashed: "crash", OutOfMemory: "out of memory", LoadFailed: "load failed", StartTimeout: "start timeout", DigestMismatch: "wrong file", Unresponsive: "hung" };

/** Marks for the time axis, from the events that lie in it. */
export function marksOf(events: readonly DeploymentEventDto[], fromMs: number, toMs: number): Mark[] {
  return events.flatMap((e): Mark[] => {
    const timeMs = Date.parse(e.at);
    if (timeMs < fromMs || timeMs > toMs) return [];
    const look = MARKED[e.reason];
    if (look) return [{ timeMs, label: look.words(e), state: look.state, kind: look.kind ?? "revision" }];
    if (INTERRUPTIONS.has(e.reason)) return [{ timeMs, label: e.reason === "SpotRebalanceRecommendation" ? "spot at risk" : "interrupted", state: "warning", kind: "interruption" }];
    return FAILURES.has(e.reason) ? [{ timeMs, label: FAILURE_WORDS[e.reason] ?? e.reason, state: "failed", kind: "failure" }] : [];
  });
}

/** Where an alert began to fire, and where it was over. */
export function alertMarks(alerts: readonly Pick<IncidentDto, "rule" | "severity" | "firedAt" | "resolvedAt">[], fromMs: number, toMs: number): Mark[] {
  const within = (m: Mark) => m.timeMs >= fromMs && m.timeMs <= toMs;
  return alerts.flatMap((a): Mark[] => {
    const fired: Mark = { timeMs: Date.parse(a.firedAt), label: a.rule, state: a.severity === "critical" ? "failed" : "warning", kind: "alert" };
    return a.resolvedAt ? [fired, { timeMs: Date.parse(a.resolvedAt), label: `${a.rule} over`, state: "ready", kind: "alert" }] : [fired];
  }).filter(within).sort((a, b) => a.timeMs - b.timeMs);
}

/** Restarts that a cluster counts: those of this machine are among the events. */
export const restartMarks = (restarts: readonly (readonly [number, number | null])[]): Mark[] =>
  restarts.flatMap(([t, n]): Mark[] => (n !== null && n >= 0.5 ? [{ timeMs: t * 1000, label: Math.round(n) === 1 ? "restart" : `${Math.round(n)} restarts`, state: "failed", kind: "failure" }] : []));
