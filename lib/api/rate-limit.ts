import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/lib/auth/actor";
import { clientAddress } from "@/lib/net/client-address";
import { limitKey } from "@/lib/net/limit-key";
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
/** Leases being taken: requests that come at the same moment wait for one, rather than each paying for a lease of its own. */
const taking = new Map<string, Promise<void>>();

/**
 * Counts a request against the actor's bucket. Throws rate_limited with the seconds to wait. When the store is down, requests
 * pass: signing in has a limiter of its own, which then refuses.
 */
export async function limitRequest(actor: Actor, request: Request): Promise<void> {
  // An anonymous caller pays more for each request and gets no lease: its limit is small.
  if (actor.kind === "anonymous") return void (await pay(`ip:${limitKey(clientAddress(request.headers))}`, REQUESTS_PER_MINUTE.signedIn / REQUESTS_PER_MINUTE.anonymous));
  const key = `${actor.kind}:${actor.id}`;
  for (;;) {
    const lease = leases.get(key);
    if (lease && lease.left > 0 && lease.until > Date.now()) {
      lease.left--;
      return;
    }
    let taken = taking.get(key);
    if (!taken) {
      taken = takeLease(key).finally(() => taking.delete(key));
      taking.set(key, taken);
    }
    await taken;
  }
}

async function takeLease(key: string): Promise<void> {
  const now = Date.now();
  const msBeforeNext = await pay(key, LEASE);
  if (leases.size > 10_000) leases.clear();
  // Without a store nothing is counted: the lease is asked for again soon.
  leases.set(key, { left: LEASE, until: now + (msBeforeNext ?? 1000) });
}

/** Takes points from the shared bucket. Milliseconds until it is full again; null when the store is down. */
async function pay(key: string, points: number): Promise<number | null> {
  try {
    return (await limiter().consume(key, points)).msBeforeNext;
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      throw new AppError("rate_limited", "Too many requests. Wait and try again.", { retryAfterSeconds: error.msBeforeNext / 1000 });
    }
    return null;
  }
}
