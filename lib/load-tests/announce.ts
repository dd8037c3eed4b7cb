import type { Tx } from "@/lib/db/client";

/** Tells open pages that a load test moved (`loadtest:{id}`). A pointer, never the content. */
export function announceLoadTest(tx: Pick<Tx, "$executeRaw">, id: string, projectId: string) {
  return tx.$executeRaw`SELECT pg_notify('slipway_events', ${JSON.stringify({ topic: `loadtest:${id}`, projectId })})`;
}
