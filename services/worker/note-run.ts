import { db } from "@/lib/db/client";
import type { Job } from "@/services/worker/job";

/** Runs a job and writes down how it went, for the status page. Throws what the job threw; a note that cannot be written is left out. */
export async function noted(job: Job, run: () => Promise<void>): Promise<void> {
  const startedAt = new Date();
  let failure: unknown = null;
  try {
    await run();
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    const finishedAt = new Date();
    // The kind of error alone: its text may hold what belongs into the log only.
    const error = failure === null ? null : failure instanceof Error ? failure.name : "error";
    const data = { everyMs: job.everyMs, startedAt, finishedAt, error, ...(failure === null ? { succeededAt: finishedAt } : {}) };
    await db().jobRun.upsert({ where: { name: job.name }, create: { name: job.name, ...data }, update: data }).catch(() => undefined);
  }
}
