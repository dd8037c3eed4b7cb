import type { Logger } from "@/lib/logger";
import { runImports } from "@/lib/models/import/run-imports";
import { runPollingLoop } from "@/services/worker/polling-loop";

/** Runs queued imports, two at a time a worker. */
export const runImportLoop = (owner: string, log: Logger) =>
  runPollingLoop(async (signal, lane) => void (await runImports(new Date(), { owner: `${owner}-${lane}`, signal, onFault: (err, id) => log.warn({ err, import: id }, "an import met a fault") })),
    { everyMs: 5000, channel: "slipway_imports", lanes: 2, onFault: (err) => log.warn({ err }, "imports wait for the database") });
