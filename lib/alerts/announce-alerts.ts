import type { Tx } from "@/lib/db/client";

/** Tells open pages, at commit, that what fires, waits or is silenced in a project changed (`alerts:{project id}`). A pointer, never the content. */
export const announceAlerts = (tx: Tx, projectId: string) => tx.$executeRaw`SELECT pg_notify('slipway_events', ${JSON.stringify({ topic: `alerts:${projectId}`, projectId })})`;
