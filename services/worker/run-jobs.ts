import pg, { type Pool } from "pg";
import { databaseUrl } from "@/lib/db/client";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";
import { noted } from "@/services/worker/note-run";
import type { Job } from "@/services/worker/job";

const LEADER_LOCK = 727102;
const TRY_AGAIN_MS = 3000;

/**
 * Runs the jobs on one worker at a time: the one whose connection holds the advisory lock. When it ends, however it ends, so does
 * its connection, and another takes over. A job that fails is logged and run again when it is next due.
 */
export function runJobs(jobs: readonly Job[], pool: Pool, log: Logger): { stop(): Promise<void> } {
  const wake = new Wake();
  let stopping = false;

  async function lead(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true });
    let lost = false;
    client.on("error", () => (lost = true));
    client.on("end", () => (lost = true));
    try {
      await client.connect();
      while (!stopping && !lost) {
        const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [LEADER_LOCK]);
        if (rows[0]?.got) await work(() => stopping || lost);
        else await wake.wait(TRY_AGAIN_MS);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function work(over: () => boolean): Promise<void> {
    const dueAt = new Map(jobs.map((j) => [j.name, 0]));
    while (!over()) {
      for (const job of jobs) {
        if (over() || Date.now() < dueAt.get(job.name)!) continue;
        await noted(job, () => job.run({ pool, now: new Date(), log })).catch((error: unknown) => log.error({ err: error, job: job.name }, "a job failed; it is repeated"));
        dueAt.set(job.name, Date.now() + job.everyMs);
      }
      await wake.wait(Math.max(50, Math.min(...dueAt.values()) - Date.now()));
    }
  }

  const running = (async () => {
    while (!stopping) {
      await lead().catch((error: unknown) => log.warn({ err: error }, "jobs wait for the database"));
      if (!stopping) await wake.wait(TRY_AGAIN_MS);
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake.wake();
      await running;
    },
  };
}
