import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/lib/auth/actor";
import { clientAddress } from "@/lib/net/client-address";
import { pool } from "@/lib/db/pool";
import { AppError } from "@/lib/errors";

/** Requests a token, person or (unsigned) address may make a minute, over all web processes. */
export const REQUESTS_PER_MINUTE = { signedIn: 6000, anonymous: 300 };
/** Points taken from the shared bucket at once: one database write pays for this many requests. */
const LEASE = 50;
const WINDOW_SECONDS = 60;

let shared: RateLimiterPostgres | undefined;
function limiter(): RateLimiterPostgres {
  return (shared ??= new RateLimiterPostgres({
    storeClient: pool(), storeType: "pool", tableName: "rate_limit", tableCreated: true, keyPrefix: "api", clearExpiredByTimeout: false,
    points: REQUESTS_PER_MINUTE.signedIn, duration: WINDOW_SECONDS,
  }));
}

const leases = new Map<string, { left: number; until: number }>();

/**
 * Counts a request against the actor's bucket. Throws rate_limited with the seconds to wait. When the store is down, requests
 * pass: signing in has a limiter of its own, which then refuses.
 */
export async function limitRequest(actor: Actor, request: Request): Promise<void> {
  const anonymous = actor.kind === "anonymous";
  const key = anonymous ? `ip:${clientAddress(request.headers)}` : `${actor.kind}:${actor.id}`;
  const now = Date.now();
  const lease = leases.get(key);
  if (lease && lease.left > 0 && lease.until > now) {
    lease.left--;
    return;
  }
  // An anonymous caller pays more for each request and gets no lease: its limit is small.
  const granted = anonymous ? 1 : LEASE;
  const price = anonymous ? REQUESTS_PER_MINUTE.signedIn / REQUESTS_PER_MINUTE.anonymous : 1;
  try {
    const result = await limiter().consume(key, granted * price);
    if (leases.size > 10_000) leases.clear();
    leases.set(key, { left: granted - 1, until: now + result.msBeforeNext });
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      throw new AppError("rate_limited", "Too many requests. Wait and try again.", { retryAfterSeconds: error.msBeforeNext / 1000 });
    }
  }
}
