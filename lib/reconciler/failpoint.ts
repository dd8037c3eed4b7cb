import { env } from "@/lib/env";

/** Where the kill suite may end a worker: before and after each effect that others can see. */
export const FAILPOINTS = ["before-apply", "after-apply", "before-remove", "after-remove", "before-status", "after-status"] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

/**
 * Ends this process with SIGKILL where SLIPWAY_FAILPOINT names this point. It takes NODE_ENV=test as well, which no way of
 * starting the product sets, so that a stray variable alone never does anything.
 */
export function failpoint(point: Failpoint): void {
  const { NODE_ENV, SLIPWAY_FAILPOINT } = env();
  if (NODE_ENV === "test" && SLIPWAY_FAILPOINT === point) process.kill(process.pid, "SIGKILL");
}
