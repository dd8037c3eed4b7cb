import type { State } from "@/components/ui/status";
import { formatRate } from "@/lib/format/number";
import type { LoadPlan, LoadTestDto } from "@/lib/load-tests/schema";

export const STATE_LOOK: Record<LoadTestDto["state"], { state: State; word: string }> = {
  queued: { state: "progressing", word: "Waiting" }, running: { state: "progressing", word: "Running" }, done: { state: "ready", word: "Done" },
  stopped: { state: "stopped", word: "Stopped" }, interrupted: { state: "warning", word: "Interrupted" }, failed: { state: "failed", word: "Failed" },
};
export const isOpen = (t: Pick<LoadTestDto, "state">) => t.state === "queued" || t.state === "running";

/** One step's load: "4 callers", "120/s". */
export const loadWords = (plan: Pick<LoadPlan, "loop">, load: number) => (plan.loop === "closed" ? `${load} caller${load === 1 ? "" : "s"}` : formatRate(load));

const CAUSES: Record<string, string> = {
  queue_full: "queue full", not_ready: "no replica ready", timeout: "no answer in 30 s", connection: "connection broke", not_sent: "not sent: 1,000 were waiting, or the sender was late", bad_gateway: "replica ended", unauthenticated: "not let in", invalid_request: "request refused", other: "other causes",
};
export const causeWords = (cause: string) => CAUSES[cause] ?? cause.replace(/^http_/, "HTTP ").replaceAll("_", " ");

/** Numbers as typed, "1, 2, 4"; null where one is none. */
export function readLoads(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean).map(Number);
  return parts.length > 0 && parts.every((n) => Number.isFinite(n)) ? parts : null;
}
