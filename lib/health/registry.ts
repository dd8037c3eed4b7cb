import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

const holder = globalThis as { slipwayRegistry?: Registry };

/** Slipway's own measures, one registry a process. */
export function registry(): Registry {
  if (!holder.slipwayRegistry) {
    holder.slipwayRegistry = new Registry();
    collectDefaultMetrics({ register: holder.slipwayRegistry, prefix: "slipway_" });
  }
  return holder.slipwayRegistry;
}

/** A counter of this process, made at its first use. */
export function counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
  return (registry().getSingleMetric(name) as Counter<L> | undefined) ?? new Counter({ name, help, labelNames, registers: [registry()] });
}

/** A histogram of seconds of this process, made at its first use. */
export function secondsHistogram<L extends string>(name: string, help: string, buckets: number[], labelNames: readonly L[] = []): Histogram<L> {
  return (registry().getSingleMetric(name) as Histogram<L> | undefined) ?? new Histogram({ name, help, labelNames, buckets, registers: [registry()] });
}
