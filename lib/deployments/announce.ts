import type { Tx } from "@/lib/db/client";
import type { LiveState } from "@/lib/deployments/live-state";

/** Wakes the workers when the transaction commits. The list on a timer is the truth; this only saves the wait. */
export const wakeWorkers = (tx: Tx, id: string) => tx.$executeRaw`SELECT pg_notify('slipway_work', ${id})`;

type Subject = { id: string; projectId: string; slug: string };

/**
 * What open pages are told when something visible changed: of this deployment (`deployment:{id}`) and in the list (`deployments`). A pointer to what the
 * API answers; `state`: the few figures of it that a page shows at once.
 */
export const announcementsOf = (d: Subject, state?: LiveState): [string, string] => [
  JSON.stringify({ topic: `deployment:${d.id}`, projectId: d.projectId, state }), JSON.stringify({ topic: `deployments:${d.projectId}`, projectId: d.projectId }),
];

/** Tells them when the transaction commits. */
export function announce(tx: Tx, d: Subject, state?: LiveState) {
  const [one, list] = announcementsOf(d, state);
  return tx.$executeRaw`SELECT pg_notify('slipway_events', ${one}), pg_notify('slipway_events', ${list})`;
}
