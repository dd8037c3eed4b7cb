import { runDrills } from "@/lib/drills/run-drills";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";

const WHILE_ONE_RUNS_MS = 500;
const IDLE_MS = 2000;

/** Drains nodes where somebody asked for a drill; on every worker, so that one that dies is followed by another. */
export function runDrillLoop(log: Logger): { stop(): Promise<void> } {
  const wake = new Wake();
  let stopping = false;
  const running = (async () => {
    while (!stopping) {
      const busy = await runDrills().catch((error: unknown) => {
        log.warn({ err: error }, "a drill met a fault; it is looked at again");
        return 0;
      });
      if (!stopping) await wake.wait(busy > 0 ? WHILE_ONE_RUNS_MS : IDLE_MS);
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
