import type { Measure } from "@/lib/observability/measures";
import type { Promql } from "@/lib/observability/promql/promql";

/** What only the server itself can tell. */
export type ServerMeasure = Exclude<Measure, "cpu" | "memory" | "throttled" | "gpu" | "gpuMemory" | "replicas" | "restarts">;
/** A reason in words, ending in a full stop, where the server does not expose a measure. */
export type Absent = { absent: string };
export type Expression = string | Absent;

/** How one model server's own metrics are read. Durations in seconds, shares 0..1. Pure. */
export type Dialect = {
  title: string;
  measures(q: Promql): Record<ServerMeasure, Expression>;
  /** Failures a second told apart by one label of the result. */
  errorsByCause(q: Promql): { expression: string; label: string } | Absent;
};

export const isAbsent = (e: unknown): e is Absent => typeof e === "object" && e !== null && "absent" in e;
/** A server that serves tensors, not text. */
export const NO_TOKENS: Record<"tokensPerSecond" | "ttftP50" | "ttftP95", Absent> = {
  tokensPerSecond: { absent: "This server does not count tokens." }, ttftP50: { absent: "This server does not measure the time to the first token." }, ttftP95: { absent: "This server does not measure the time to the first token." },
};
