import type { Tx } from "@/lib/db/client";

/** Wakes the workers when the transaction commits. The list on a timer is the truth; this only saves the wait. */
export const wakeWorkers = (tx: Tx, id: string) => tx.$executeRaw`SELECT pg_notify('slipway_work', ${id})`;

/** Tells open pages, at commit, that something visible of a deployment changed: a pointer, never the content. */
export function announce(tx: Tx, d: { id: string; projectId: string; slug: string }, phase: string, generation: number) {
  const payload = JSON.stringify({ topic: `deployment:${d.id}`, project: d.projectId, deployment: d.slug, phase, generation });
  return tx.$executeRaw`SELECT pg_notify('slipway_events', ${payload})`;
}
