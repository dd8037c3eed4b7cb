import type { Tx } from "@/lib/db/client";

/** Tells open pages that an import moved (`import:{id}`). A pointer, never the content. */
export function announceImport(tx: Tx, id: string, projectId: string) {
  return tx.$executeRaw`SELECT pg_notify('slipway_events', ${JSON.stringify({ topic: `import:${id}`, projectId })})`;
}
