import { endAbandoned } from "@/lib/load-tests/load-test-lease";
import { runLoadTests } from "@/lib/load-tests/run-load-tests";
import type { Logger } from "@/lib/logger";
import { driveInThread } from "@/services/worker/load-thread";
import { runPollingLoop } from "@/services/worker/polling-loop";

const POLL_MS = 5000;

/** Runs load tests, one at a time a worker, and ends those whose worker died. */
export function runLoadTestLoop(owner: string, log: Logger): { stop(): Promise<void> } {
  const onFault = (err: unknown) => log.warn({ err }, "load tests wait for the database");
  const loops = [
    runPollingLoop(async (signal) => void (await runLoadTests({ owner, drive: driveInThread, signal, onFault: (err, id) => log.warn({ err, loadTest: id }, "a load test met a fault") })), { everyMs: POLL_MS, channel: "slipway_load_tests", onFault }),
    // Apart from the one that runs them, which may take a quarter of an hour.
    runPollingLoop(async () => void (await endAbandoned(new Date())), { everyMs: POLL_MS, onFault }),
  ];
  return { stop: async () => void (await Promise.all(loops.map((l) => l.stop()))) };
}
