import { runLists } from "@/lib/leads/import/run-lists";
import type { Logger } from "@/lib/logger";
import { runPollingLoop } from "@/services/worker/polling-loop";

/** Takes lists over, one at a time a worker. */
export const runLeadListLoop = (owner: string, log: Logger) =>
  runPollingLoop(async (signal) => void (await runLists(() => new Date(), { owner, signal, onFault: (err, id) => log.warn({ err, list: id }, "a list met a fault") })),
    { everyMs: 5000, channel: "slipway_lead_lists", onFault: (err) => log.warn({ err }, "lists wait for the database") });
