import { listen } from "@/lib/db/listen";
import type { Logger } from "@/lib/logger";
import { runImports } from "@/lib/models/import/run-imports";
import { Wake } from "@/lib/reconciler/wake";

const POLL_MS = 5000;
const AT_ONCE = 2;

/** Runs queued imports, two at a time a worker. A notification only saves the wait; the list on a timer is the truth. */
export function runImportLoop(owner: string, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const wakes = Array.from({ length: AT_ONCE }, () => new Wake());
  const listener = listen(["slipway_imports"], { onNotify: () => wakes.forEach((w) => w.wake()), onConnect: () => wakes.forEach((w) => w.wake()) });
  const lanes = wakes.map(async (wake, lane) => {
    while (!stopping.signal.aborted) {
      await runImports(new Date(), { owner: `${owner}-${lane}`, signal: stopping.signal, onFault: (err, id) => log.warn({ err, import: id }, "an import met a fault") })
        .catch((error: unknown) => log.warn({ err: error }, "imports wait for the database"));
      if (!stopping.signal.aborted) await wake.wait(POLL_MS);
    }
  });
  return {
    async stop() {
      stopping.abort();
      wakes.forEach((w) => w.wake());
      await Promise.all([listener.stop(), ...lanes]);
    },
  };
}
