/** Upper limits of a load test: what one person's click may ask of a deployment, and of the worker that sends. */
export const LOAD_TEST_LIMITS = {
  steps: 12,
  secondsPerStep: 120,
  /** Warm-up and all steps together. */
  secondsInAll: 900,
  warmUpSeconds: 30,
  concurrency: 128,
  requestsPerSecond: 2000,
  /** Of one request's body. */
  bodyBytes: 1024 * 1024,
  /** Milliseconds after which an answer counts as not come. */
  timeoutMs: 30_000,
  /** Requests of an open loop that may wait for their answer at once; one more is not sent and counts as failed. */
  outstanding: 1000,
  /** Tests of a project that may wait or run at once. */
  openInProject: 3,
} as const;
