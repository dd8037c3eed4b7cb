import type { PlacedReplica } from "@/lib/targets/target";

/** How far a drill is. Kept in its row, so that any worker goes on from there. Times are ISO. */
export type DrillProgress = {
  step: "cordon" | "evict" | "recover" | "uncordon" | "over";
  node: string | null;
  /** The node took new pods before; false: somebody else had cordoned it, and it is left so. */
  cordonedByUs: boolean;
  readyBefore: number;
  /** Replicas that are to leave the node. */
  leaving: string[];
  evictedAt: string | null;
  /** A budget's words, while it forbids the next eviction. */
  blockedBy: string | null;
  /** Since when no replica was ready; null: one is. */
  unservedSince: string | null;
  unservedMs: number;
  newReplica: string | null;
  newNode: string | null;
  recoveredAt: string | null;
  /** Why it did not come to its end. */
  failure: string | null;
};

export const BEGUN: DrillProgress = {
  step: "cordon", node: null, cordonedByUs: true, readyBefore: 0, leaving: [], evictedAt: null, blockedBy: null, unservedSince: null, unservedMs: 0, newReplica: null, newNode: null, recoveredAt: null, failure: null,
};

/** A node is held from new pods no longer than this. */
export const DRILL_DEADLINE_MS = 15 * 60_000;

/** What was to be measured is not wanted any more: only the node is left to give back. Pure. */
export const abandonDrill = (p: DrillProgress, why: string, now: Date): DrillProgress => (p.step === "over" || p.step === "uncordon" ? p : { ...closed(p, now), step: p.node === null ? "over" : "uncordon", failure: why });

/**
 * What is next, from what the target shows now. Pure. The caller does what `progress.step` says (cordon the node, evict from it, uncordon it)
 * and calls again; doing it twice is as once.
 */
export function stepDrill(p: DrillProgress, replicas: readonly PlacedReplica[], startedAt: Date, now: Date): DrillProgress {
  if (p.step === "over" || p.step === "uncordon") return p;
  const ready = replicas.filter((r) => r.ready && !r.leaving);
  if (p.step === "cordon") {
    if (p.node !== null) return p;
    const node = busiest(ready);
    if (node === null) return { ...p, step: "over", failure: "No replica was ready, so there was nothing to take away." };
    return { ...p, node, readyBefore: ready.length, leaving: replicas.filter((r) => r.node === node && !r.leaving).map((r) => r.id) };
  }
  const next = { ...p, ...served(p, ready.length > 0, now) };
  if (now.getTime() - startedAt.getTime() > DRILL_DEADLINE_MS) return { ...closed(next, now), step: "uncordon", failure: next.blockedBy ? `A disruption budget forbade the eviction for 15 minutes: ${next.blockedBy}` : "It had not recovered after 15 minutes." };
  const still = replicas.filter((r) => p.leaving.includes(r.id));
  if (p.step === "evict") {
    const evictedAt = p.evictedAt ?? (still.length < p.leaving.length || still.some((r) => r.leaving) ? now.toISOString() : null);
    return still.some((r) => !r.leaving) ? { ...next, evictedAt } : { ...next, evictedAt: evictedAt ?? now.toISOString(), blockedBy: null, step: "recover" };
  }
  const elsewhere = ready.filter((r) => r.node !== p.node);
  if (elsewhere.length < p.readyBefore || still.length > 0) return next;
  const fresh = [...elsewhere].sort((a, b) => ((a.readyAt ?? "") < (b.readyAt ?? "") ? 1 : -1))[0];
  return { ...closed(next, now), step: "uncordon", recoveredAt: now.toISOString(), newReplica: fresh?.id ?? null, newNode: fresh?.node ?? null };
}

/** The one with the most ready replicas: the worst that one interruption can do. */
function busiest(ready: readonly PlacedReplica[]): string | null {
  const counts = Map.groupBy(ready.filter((r) => r.node !== null), (r) => r.node!);
  return [...counts].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function served(p: DrillProgress, any: boolean, now: Date): Pick<DrillProgress, "unservedSince" | "unservedMs"> {
  if (!any) return { unservedSince: p.unservedSince ?? now.toISOString(), unservedMs: p.unservedMs };
  return { unservedSince: null, unservedMs: p.unservedMs + (p.unservedSince ? now.getTime() - Date.parse(p.unservedSince) : 0) };
}

const closed = (p: DrillProgress, now: Date): DrillProgress => (p.unservedSince ? { ...p, unservedSince: null, unservedMs: p.unservedMs + now.getTime() - Date.parse(p.unservedSince) } : p);

/** From the first eviction until as many replicas were ready as before; null: it did not come to that. */
export const recoverySeconds = (p: DrillProgress): number | null => (p.evictedAt && p.recoveredAt ? (Date.parse(p.recoveredAt) - Date.parse(p.evictedAt)) / 1000 : null);
