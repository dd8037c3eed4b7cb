import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/pool";
import { AppError } from "@/lib/errors";
import { limitKey } from "@/lib/net/limit-key";

/** Contact requests of one address in ten minutes, over all web processes. */
export const CONTACTS = { points: 5, seconds: 600 };
let shared: RateLimiterPostgres | undefined;

/** Counts a contact request of an address. Throws rate_limited with the seconds to wait. */
export async function limitContact(address: string): Promise<void> {
  shared ??= new RateLimiterPostgres({ storeClient: pool(), storeType: "pool", tableName: "rate_limit", tableCreated: true, clearExpiredByTimeout: false, keyPrefix: "contact", points: CONTACTS.points, duration: CONTACTS.seconds });
  try {
    await shared.consume(limitKey(address));
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new AppError("rate_limited", "Several messages came from your address in a short time. Wait a few minutes, then send it again.", { retryAfterSeconds: error.msBeforeNext / 1000 });
    throw new AppError("not_ready", "The message could not be kept at the moment. Please send it again in a minute.", { cause: error, retryAfterSeconds: 60 });
  }
}
