import { setTimeout as sleep } from "node:timers/promises";
import { FetchFailure, Passing } from "./failure";

export type RetryOptions = { firstMs: number; mostMs: number; /** Without any progress for so long it is given up. */ patienceMs: number; now?: () => number; random?: () => number; say: (message: string) => void };

/**
 * Repeats what fails for a passing reason, after pauses that double, each shortened by chance so that a thousand pods do not come back at
 * once. `run` gets a function to call when it has made progress: then patience begins anew.
 */
export async function retry<T>(what: string, run: (progress: () => void) => Promise<T>, o: RetryOptions): Promise<T> {
  const { now = Date.now, random = Math.random } = o;
  let since = now();
  let pause = o.firstMs;
  for (;;) {
    try {
      return await run(() => {
        since = now();
        pause = o.firstMs;
      });
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      if (now() - since >= o.patienceMs) throw new FetchFailure("unreachable", `${what}: ${error.message} Given up after ${Math.round(o.patienceMs / 1000)} s without progress.`);
      const wait = Math.max(error.afterMs ?? 0, pause * (0.5 + random() / 2));
      o.say(`${what}: ${error.message} Trying again in ${(wait / 1000).toFixed(1)} s.`);
      await sleep(wait);
      pause = Math.min(o.mostMs, pause * 2);
    }
  }
}
