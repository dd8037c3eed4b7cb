import { listen } from "@/lib/db/listen";
import { endAbandoned } from "@/lib/load-tests/load-test-lease";
import { runLoadTests } from "@/lib/load-tests/run-load-tests";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";
import { driveInThread } from "@/services/worker/load-thread";

const POLL_MS = 5000;

/** Runs load tests, one at a time a worker, and ends those whose worker died. A notification only saves the wait; the list on a timer is the truth. */
export function runLoadTestLoop(owner: string, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const [wake, sweepWake] = [new Wake(), new Wake()];
  const listener = listen(["slipway_load_tests"], { onNotify: () => wake.wake(), onConnect: () => wake.wake() });
  const every = async (nap: Wake, run: () => Promise<unknown>) => {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) => log.warn({ err: error }, "load tests wait for the database"));
      if (!stopping.signal.aborted) await nap.wait(POLL_MS);
    }
  };
  const lanes = [
    every(wake, () => runLoadTests({ owner, drive: driveInThread, signal: stopping.signal, onFault: (err, id) => log.warn({ err, loadTest: id }, "a load test met a fault") })),
    // Apart from the lane that runs one, which may take a quarter of an hour.
    every(sweepWake, () => endAbandoned(new Date())),
  ];
  return {
    async stop() {
      stopping.abort();
      wake.wake();
      sweepWake.wake();
      await Promise.all([listener.stop(), ...lanes]);
    },
  };
}
