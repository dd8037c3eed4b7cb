/**
 * Upper bounds in seconds of every duration histogram in Slipway, inclusive, as Prometheus' `le`; +Inf is implied.
 * One list for the model server, the sampler, the store and the charts, so that counts can be added across all of them.
 * Fine where the goals are (sub-millisecond up to a second), coarse up to the longest request that is let wait.
 */
export const DURATION_BUCKETS_SECONDS = [
  0.00025, 0.0005, 0.001, 0.002, 0.004, 0.0075, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60,
] as const;

/** Entries of a bucket array: one for each bound, and the last one for everything above. */
export const DURATION_BUCKET_COUNT = DURATION_BUCKETS_SECONDS.length + 1;
