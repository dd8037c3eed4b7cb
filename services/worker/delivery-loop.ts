import { deliverAlerts } from "@/lib/alerts/deliver";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";

const POLL_MS = 2000;

/** Sends alerts on their way; on every worker, and apart from the jobs, which a receiver that is slow must not hold up. */
export function runDeliveryLoop(log: Logger): { stop(): Promise<void> } {
  const wake = new Wake();
  let stopping = false;
  const running = (async () => {
    while (!stopping) {
      await deliverAlerts(new Date()).catch((error: unknown) => log.warn({ err: error }, "alerts wait for the database"));
      if (!stopping) await wake.wait(POLL_MS);
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
