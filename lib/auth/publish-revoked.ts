import type { Tx } from "@/lib/db/client";

/** PostgreSQL channel that event streams and the gateway listen to. Payload: `<kind>:<id>`. */
export const REVOKED_CHANNEL = "slipway_revoked";

/** Tells every process, when the transaction commits, that a session, a token or all of a person's rights ended. */
export async function publishRevoked(tx: Tx, kind: "session" | "token" | "user", id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${REVOKED_CHANNEL}, ${`${kind}:${id}`})`;
}
