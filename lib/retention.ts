/** Every limit on what is kept and for how long, in one place. The sweeper (services/worker/sweep.ts) enforces them. */
export const RETENTION = {
  /** Hours an answer to an Idempotency-Key is replayed. */
  idempotencyHours: 24,
  /** Hours an unfinished or unused upload waits. */
  uploadHours: 24,
  /** Hours a half-written file in the artifact store's incoming folder waits. */
  incomingHours: 24,
  /** Days a copy of an S3 store's file, made for a replica of this machine, stays after it was last started from. */
  localCopyDays: 7,
  /** Hours content that no version refers to waits: a running upload may be about to refer to it. */
  unreferencedBlobHours: 2,
  /** Days of raw samples, one row a replica and scrape. */
  sampleDays: 2,
  /** Days of one-minute and fifteen-minute roll-ups. */
  rollupDays: 90,
  /** Events of a deployment. */
  eventDays: 30,
  /** Days of alerts that are over, of messages that are not on their way, of silences that ended. */
  alertDays: 90,
  /** Days the refused rows of a list of leads, and a list nobody started, stay: they are about people. */
  leadListDays: 30,
  /** Days of load tests that have ended. */
  loadTestDays: 90,
  /** Hours a process that was not heard of again stays on the status page. */
  processHours: 24,
  /** Days a used or expired one-time link, and an ended session, stays visible. */
  linkDays: 7,
  /** Bytes of log a replica keeps, and hours it is kept after the replica ended. */
  logBytesPerReplica: 4 * 1024 * 1024,
  logHours: 24,
} as const;

/** Default quota of a new project: bytes of model files. */
export const DEFAULT_PROJECT_QUOTA_BYTES = 50n * 1024n ** 3n;
