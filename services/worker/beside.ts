import type { Logger } from "@/lib/logger";

type Log = Pick<Logger, "warn">;

/** Work that asks servers outside, started by a job and done beside the others, which must not wait for it; one at a time. What is cut off is due again. */
export function beside(run: (now: Date, log: Log) => Promise<unknown>, failed: string): (now: Date, log: Log) => void {
  let running: Promise<void> | null = null;
  return (now, log) => {
    running ??= run(now, log).then(() => undefined, (error: unknown) => log.warn({ err: error }, failed)).finally(() => (running = null));
  };
}
