import pg from "pg";
import { databaseUrl } from "@/lib/db/client";
import { SteadyClient } from "@/lib/db/steady-client";

const holder = globalThis as { slipwayPool?: pg.Pool };

/** Plain connections for what Prisma is not for: what every request begins with, long lists, the rate limiter, batches of samples, bucket arithmetic. */
export function pool(): pg.Pool {
  if (!holder.slipwayPool) {
    holder.slipwayPool = new pg.Pool({ connectionString: databaseUrl(), max: 8, idleTimeoutMillis: 30_000, options: "-c timezone=UTC", Client: SteadyClient });
    // An idle connection that breaks (PostgreSQL restarted) must not end the process: the next query reconnects.
    holder.slipwayPool.on("error", () => undefined);
  }
  return holder.slipwayPool;
}
