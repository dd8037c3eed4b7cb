import { counter, secondsHistogram } from "@/lib/health/registry";

const PASS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** One pass of the reconciler over one deployment. */
export const observePass = (outcome: "ok" | "failed", seconds: number): void =>
  secondsHistogram("slipway_reconcile_duration_seconds", "Seconds a reconcile pass took, by how it ended", PASS_BUCKETS, ["outcome"]).observe({ outcome }, seconds);

/** A pass whose lease had passed to another worker, or whose deployment was changed meanwhile: it wrote nothing. */
export const countLeaseLoss = (): void => counter("slipway_lease_losses_total", "Passes that ended without writing, as their lease or generation had moved on").inc();

/** What the full look found although no watch had told of it. */
export const countCorrections = (n: number): void => counter("slipway_watch_corrections_total", "Deployments that a full look found changed without a watch having told").inc(n);

/** A metrics source that gave no usable answer. */
export const countSourceFailure = (kind: string): void => counter("slipway_source_failures_total", "Queries that a metrics source did not answer usefully", ["kind"]).inc({ kind });
