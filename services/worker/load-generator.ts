import { parentPort, workerData } from "node:worker_threads";
import { driveStep, type StepOrder } from "@/lib/load-tests/drive-step";
import type { FromGenerator } from "@/services/worker/load-thread";

// A thread of its own for each step: what the worker does meanwhile neither delays requests nor is held up by them.
const port = parentPort!;
const stop = new AbortController();
port.on("message", () => stop.abort());
let counts: [number, number] = [0, 0];
const told = setInterval(() => port.postMessage({ kind: "count", answered: counts[0], failed: counts[1] } satisfies FromGenerator), 500);
driveStep(workerData as StepOrder, { signal: stop.signal, onCount: (answered, failed) => (counts = [answered, failed]) })
  .then((tally) => port.postMessage({ kind: "done", tally } satisfies FromGenerator))
  .finally(() => {
    clearInterval(told);
    port.close();
  });
