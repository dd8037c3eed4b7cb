import type { ReplicaState } from "@/lib/targets/target";

/**
 * A histogram since the start of one replica. `buckets[i]` counts observations with `previous bound < seconds <= bound i`
 * of DURATION_BUCKETS_SECONDS: *not* cumulative across bounds (unlike Prometheus' `_bucket`), but only ever growing over time.
 * Length is DURATION_BUCKET_COUNT; the last entry is what lay above the last bound. `sum` is in seconds.
 */
export type DurationHistogram = { buckets: number[]; sum: number; count: number };

/** Why a request was not answered with a prediction. `stopped`: somebody stopped the deployment; of all causes the only one that is in no `requestsByCode`. */
export const ERROR_CAUSES = ["bad_request", "queue_full", "runtime", "timeout", "cancelled", "no_replica", "replica_lost", "stopped"] as const;
export type ErrorCause = (typeof ERROR_CAUSES)[number];

/** What one replica has counted since it started. Every number but the gauges only grows; a new replica starts at zero. */
export type ReplicaCounters = {
  /** Inference requests answered, by HTTP status code. */
  requestsByCode: Record<string, number>;
  errorsByCause: Partial<Record<ErrorCause, number>>;
  /** Whole time in the server, from the request's head to the end of its answer, of answered inference requests. */
  latency: DurationHistogram;
  /** Time spent waiting for the session. */
  queue: DurationHistogram;
  /** Time inside the session. */
  compute: DurationHistogram;
  /** CPU time used, user and system, of all its threads. */
  cpuSeconds: number;
  /** Gauges, at the moment of the sample. */
  rssBytes: number;
  queueDepth: number;
  inFlight: number;
};

/**
 * One scrape of one source. A source is a replica, or the gateway itself for what never reached a replica: then `replica` is
 * `gateway-<start of the gateway>`, `revision` is 0, and only requestsByCode, errorsByCause and queueDepth (requests it holds) say anything.
 */
export type ReplicaSample = ReplicaCounters & {
  /** ISO time of the scrape. */
  at: string;
  deploymentId: string;
  /** Slugs, as in the DeploymentRef. */
  project: string;
  deployment: string;
  revision: number;
  replica: string;
  state: ReplicaState;
};

/** Everything the gateway saw in one pass over its replicas. */
export type SampleBatch = { at: string; samples: ReplicaSample[] };

export const emptyHistogram = (bucketCount: number): DurationHistogram => ({ buckets: new Array<number>(bucketCount).fill(0), sum: 0, count: 0 });
