import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/pool";
import { AppError } from "@/lib/errors";
import { limitKey } from "@/lib/net/limit-key";

/** Attempts a minute, over all web processes: of one address on one account, and of one address on all accounts. */
export const SIGN_IN_PER_MINUTE = { account: 10, address: 60 };

type Limiters = { account: RateLimiterPostgres; address: RateLimiterPostgres };
let shared: Limiters | undefined;

function limiters(): Limiters {
  const common = { storeClient: pool(), storeType: "pool", tableName: "rate_limit", tableCreated: true, clearExpiredByTimeout: false, duration: 60 };
  return (shared ??= {
    account: new RateLimiterPostgres({ ...common, keyPrefix: "signin", points: SIGN_IN_PER_MINUTE.account }),
    address: new RateLimiterPostgres({ ...common, keyPrefix: "signin-ip", points: SIGN_IN_PER_MINUTE.address }),
  });
}

/**
 * Counts an attempt to prove who one is: a password, or a one-time link. `account` is what is tried (an e-mail, a word).
 * Throws rate_limited with the seconds to wait, and not_ready when the count cannot be kept: without it nobody signs in.
 */
export async function limitSignIn(address: string, account: string): Promise<void> {
  const name = createHash("sha256").update(account.trim().toLowerCase()).digest("base64url");
  try {
    const from = limitKey(address);
    await limiters().address.consume(from);
    await limiters().account.consume(`${from}:${name}`);
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      throw new AppError("rate_limited", "Too many attempts. Wait a minute, then try again.", { retryAfterSeconds: error.msBeforeNext / 1000 });
    }
    throw new AppError("not_ready", "Signing in is not possible at the moment. Try again shortly.", { cause: error, retryAfterSeconds: 5 });
  }
}
