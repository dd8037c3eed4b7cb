import { collectCosts } from "@/lib/costs/sources/collect-costs";
import type { Logger } from "@/lib/logger";

let collecting: Promise<void> | null = null;

/** Collects what is due beside the other jobs, which must not wait for a cost server. What is cut off is due again. */
export function startCostCollection(now: Date, log: Pick<Logger, "warn">): void {
  collecting ??= collectCosts(now, log).then(() => undefined)
    .catch((error: unknown) => log.warn({ err: error }, "costs could not be collected; it is tried again"))
    .finally(() => (collecting = null));
}
