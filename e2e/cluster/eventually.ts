import { setTimeout as sleep } from "node:timers/promises";

/** Repeats `check` until it no longer throws. The deadline is the test's, never a claim about speed. */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 180): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}
