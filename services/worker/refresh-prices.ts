import type { Logger } from "@/lib/logger";
import { refreshDuePrices } from "@/lib/prices/refresh-prices";

let reading: Promise<void> | null = null;

/** Reads what is due beside the other jobs, which must not wait for AWS. What is cut off is due again. */
export function startPriceRefresh(now: Date, log: Pick<Logger, "warn">): void {
  reading ??= refreshDuePrices(now)
    .catch((error: unknown) => log.warn({ err: error }, "prices could not be read; it is tried again"))
    .finally(() => (reading = null));
}
