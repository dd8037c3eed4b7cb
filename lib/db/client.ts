import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@/lib/db/generated/client";
import { SteadyClient } from "@/lib/db/steady-client";
import { env } from "@/lib/env";

export type Db = PrismaClient;
/** A transaction, or the client itself: what a query may run on. */
export type Tx = Prisma.TransactionClient;

const holder = globalThis as { slipwayDb?: PrismaClient };

/** Makes a client of its own; the caller disconnects it. `db()` is what product code uses. */
export function createDb(connectionString: string, max: number = env().DATABASE_POOL_MAX): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max, options: "-c timezone=UTC", Client: SteadyClient }) });
}

/** The one client of this process, on the role that runs. */
export function db(): PrismaClient {
  return (holder.slipwayDb ??= createDb(databaseUrl()));
}

export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start Slipway with `npm run up`, which starts PostgreSQL and sets it");
  return url;
}
