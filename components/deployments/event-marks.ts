import type { z } from "zod";
import type { Mark } from "@/components/charts/series";
import type { eventSchema } from "@/lib/deployments/schema";

export type DeploymentEventDto = z.infer<typeof eventSchema>;

type Look = { words: (e: DeploymentEventDto) => string; state: NonNullable<Mark["state"]> };
const revision = (e: DeploymentEventDto) => (e.revision === null ? "" : ` r${e.revision}`);

/** The events that explain a bend in a line; the others are on the page of events. */
const MARKED: Record<string, Look> = {
  RevisionCreated: { words: (e) => `deploy${revision(e)}`, state: "progressing" },
  RolledBack: { words: (e) => `rollback${revision(e)}`, state: "warning" },
  Canary: { words: (e) => `canary${revision(e)}`, state: "progressing" },
  CanaryPromoted: { words: (e) => `promoted${revision(e)}`, state: "progressing" },
  Serving: { words: (e) => `serving${revision(e)}`, state: "ready" },
  Aborted: { words: () => "given up", state: "warning" },
  RolloutFailed: { words: (e) => `failed${revision(e)}`, state: "failed" },
  Scaled: { words: () => "scaled", state: "stopped" },
  Starting: { words: () => "start", state: "progressing" },
  Stopped: { words: () => "stopped", state: "stopped" },
};
const FAILURES = new Set(["Crashed", "OutOfMemory", "LoadFailed", "StartTimeout", "DigestMismatch", "Unresponsive"]);
const FAILURE_WORDS: Record<string, string> = { Crashed: "crash", OutOfMemory: "out of memory", LoadFailed: "load failed", StartTimeout: "start timeout", DigestMismatch: "wrong file", Unresponsive: "hung" };

/** Marks for the time axis, from the events that lie in it. */
export function marksOf(events: readonly DeploymentEventDto[], fromMs: number, toMs: number): Mark[] {
  return events.flatMap((e): Mark[] => {
    const timeMs = Date.parse(e.at);
    if (timeMs < fromMs || timeMs > toMs) return [];
    const look = MARKED[e.reason];
    if (look) return [{ timeMs, label: look.words(e), state: look.state }];
    return FAILURES.has(e.reason) ? [{ timeMs, label: FAILURE_WORDS[e.reason] ?? e.reason, state: "failed" }] : [];
  });
}
