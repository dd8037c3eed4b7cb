import { runDrills } from "@/lib/drills/run-drills";
import type { Logger } from "@/lib/logger";
import { runPollingLoop } from "@/services/worker/polling-loop";

const WHILE_ONE_RUNS_MS = 500;
const IDLE_MS = 2000;

/** Drains nodes where somebody asked for a drill; on every worker, so that one that dies is followed by another. */
export const runDrillLoop = (log: Logger) =>
  runPollingLoop(async () => ((await runDrills()) > 0 ? WHILE_ONE_RUNS_MS : IDLE_MS), { everyMs: IDLE_MS, onFault: (err) => log.warn({ err }, "a drill met a fault; it is looked at again") });
