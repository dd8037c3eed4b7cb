import { Worker } from "node:worker_threads";
import type { DriveStep } from "@/lib/load-tests/drive-step";
import type { StepTally } from "@/lib/load-tests/summarise-step";

export type FromGenerator = { kind: "count"; answered: number; failed: number } | { kind: "done"; tally: StepTally };

/** In the bundle both files lie side by side; in the source the thread is TypeScript. */
const threadUrl = () => new URL(import.meta.url.endsWith(".mjs") ? "./load-generator.mjs" : "./load-generator.ts", import.meta.url);

/** Sends one step's load from a thread of its own. */
export const driveInThread: DriveStep = (order, { signal, onCount }) => new Promise((resolve, reject) => {
  const thread = new Worker(threadUrl(), { workerData: order });
  const stop = () => thread.postMessage("stop");
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  thread.on("message", (message: FromGenerator) => {
    if (message.kind === "count") return onCount?.(message.answered, message.failed);
    onCount?.(message.tally.latenciesMs.length, Object.values(message.tally.errorsByCause).reduce((sum, n) => sum + n, 0));
    resolve(message.tally);
  });
  thread.on("error", reject);
  thread.on("exit", (code) => {
    signal.removeEventListener("abort", stop);
    reject(new Error(`the load generator's thread ended with code ${code}`));
  });
});
