import { listen } from "@/lib/db/listen";
import { runLists } from "@/lib/leads/import/run-lists";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";

const POLL_MS = 5000;

/** Takes lists over, one at a time a worker. A notification only saves the wait; the list on a timer is the truth. */
export function runLeadListLoop(owner: string, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const wake = new Wake();
  const listener = listen(["slipway_lead_lists"], { onNotify: () => wake.wake(), onConnect: () => wake.wake() });
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await runLists(() => new Date(), { owner, signal: stopping.signal, onFault: (err, id) => log.warn({ err, list: id }, "a list met a fault") }).catch((error: unknown) => log.warn({ err: error }, "lists wait for the database"));
      if (!stopping.signal.aborted) await wake.wait(POLL_MS);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      wake.wake();
      await Promise.all([listener.stop(), running]);
    },
  };
}
