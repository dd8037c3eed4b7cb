import { env } from "@/lib/env";

/** Where the kill suite may end a worker: before and after each effect that others can see. */
export const FAILPOINTS = ["before-apply", "after-apply", "before-remove", "after-remove", "before-status", "after-status"] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

const reached = new Map<string, number>();

/**
 * Ends this process with SIGKILL where SLIPWAY_FAILPOINT says: `point`, `point@deployment`, each with `#n` for the n-th time only,
 * and with `!` at the end frozen (SIGSTOP) in place of ended. It takes NODE_ENV=test as well, which no way of starting the product
 * sets, so that a stray variable alone never does anything.
 */
export function failpoint(point: Failpoint, deployment: string): void {
  const { NODE_ENV, SLIPWAY_FAILPOINT } = env();
  if (NODE_ENV !== "test" || !SLIPWAY_FAILPOINT) return;
  const wanted = /^([a-z-]+)(?:@([a-z0-9-]+))?(?:#(\d+))?(!?)$/.exec(SLIPWAY_FAILPOINT);
  if (wanted?.[1] !== point || (wanted[2] !== undefined && wanted[2] !== deployment)) return;
  const times = (reached.get(point) ?? 0) + 1;
  reached.set(point, times);
  if (times === Number(wanted[3] ?? 1)) process.kill(process.pid, wanted[4] ? "SIGSTOP" : "SIGKILL");
}
