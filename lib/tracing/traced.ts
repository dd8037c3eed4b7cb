import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { exporter, type Exporter } from "@/lib/tracing/exporter";
import type { Attributes, Parent, Span } from "@/lib/tracing/otlp";

type Current = Parent & { kept: boolean };
const holder = globalThis as { slipwayTrace?: AsyncLocalStorage<Current> };
const current = (holder.slipwayTrace ??= new AsyncLocalStorage<Current>());

export type Work = { name: string; kind: Span["kind"]; attributes?: Attributes; /** Of another process; left out: the work this is part of, if any. */ parent?: Parent | null };
/** Told by the work itself, once it knows. */
export type Tell = { set: (attributes: Attributes) => void; fail: (why: string) => void };
const SILENT: Tell = { set: () => undefined, fail: () => undefined };

/** Runs a piece of work as a span of a trace, where a collector is configured; else it just runs. A share of traces is kept, whole ones. */
export async function traced<T>(work: Work, run: (tell: Tell) => Promise<T>, to: Exporter | null = exporter(), share: () => number = () => env().OTEL_TRACES_SAMPLER_ARG): Promise<T> {
  if (to === null) return run(SILENT);
  const above = current.getStore();
  const parent = work.parent ?? above ?? null;
  const traceId = parent?.traceId ?? randomBytes(16).toString("hex");
  // By the trace's own id, so that every process keeps the same ones.
  const kept = above?.kept ?? Number.parseInt(traceId.slice(-8), 16) < share() * 2 ** 32;
  const spanId = randomBytes(8).toString("hex");
  if (!kept) return current.run({ traceId, spanId, kept }, () => run(SILENT));
  let attributes: Attributes = work.attributes ?? {};
  let failed: string | null = null;
  const startMs = performance.timeOrigin + performance.now();
  try {
    return await current.run({ traceId, spanId, kept }, () => run({ set: (more) => { attributes = { ...attributes, ...more }; }, fail: (why) => { failed = why; } }));
  } catch (error) {
    // The kind of error alone: its words may hold what nobody else should read.
    failed ??= error instanceof Error ? error.name : "error";
    throw error;
  } finally {
    to.add({ traceId, spanId, parentSpanId: parent?.spanId ?? null, name: work.name, kind: work.kind, startMs, endMs: performance.timeOrigin + performance.now(), attributes, failed });
  }
}

/** The trace that this work is part of, for its log lines; null: none that is kept. */
export const traceId = (): string | null => { const c = current.getStore(); return c?.kept ? c.traceId : null; };
