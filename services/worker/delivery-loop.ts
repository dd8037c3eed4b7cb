import { deliverAlerts } from "@/lib/alerts/deliver";
import type { Logger } from "@/lib/logger";
import { runPollingLoop } from "@/services/worker/polling-loop";

/** Sends alerts on their way; on every worker, and apart from the jobs, which a receiver that is slow must not hold up. */
export const runDeliveryLoop = (log: Logger) =>
  runPollingLoop(async () => void (await deliverAlerts(new Date())), { everyMs: 2000, onFault: (err) => log.warn({ err }, "alerts wait for the database") });
