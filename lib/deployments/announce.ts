import type { Tx } from "@/lib/db/client";
import type { LiveState } from "@/lib/deployments/live-state";

/** Wakes the workers when the transaction commits. The list on a timer is the truth; this only saves the wait. */
export const wakeWorkers = (tx: Tx, id: string) => tx.$executeRaw`SELECT pg_notify('slipway_work', ${id})`;

/**
 * Tells open pages, at commit, that something visible changed: of this deployment (`deployment:{id}`) and in the list (`deployments`). A pointer to what the
 * API answers; `state`: the few figures of it that a page shows at once.
 */
export function announce(tx: Tx, d: { id: string; projectId: string; slug: string }, state?: LiveState) {
  const one = JSON.stringify({ topic: `deployment:${d.id}`, projectId: d.projectId, state });
  const list = JSON.stringify({ topic: `deployments:${d.projectId}`, projectId: d.projectId });
  return tx.$executeRaw`SELECT pg_notify('slipway_events', ${one}), pg_notify('slipway_events', ${list})`;
}
