import { databaseUrl } from "@/lib/db/client";
import { createLogger } from "@/lib/logger";
import { endWithParent } from "@/services/supervisor/end-with-parent";
import { runWorker } from "@/services/worker/run-worker";

databaseUrl();
const log = createLogger("worker");
const worker = runWorker(log);
log.info("worker is running");

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  log.info({ why }, "worker is stopping");
  // What is not given back in time expires by itself.
  setTimeout(() => process.exit(0), 8000).unref();
  await worker.stop();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
endWithParent(() => void stop("parent ended"));
