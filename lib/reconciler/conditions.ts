import type { Condition } from "@/lib/deployments/stored-status";

/** The conditions with one of them set; `since` moves only when its status does. */
export function setCondition(all: Condition[], now: Date, next: Omit<Condition, "since">): Condition[] {
  const before = all.find((c) => c.type === next.type);
  const since = before?.status === next.status ? before.since : now.toISOString();
  const merged = { ...next, since };
  return before ? all.map((c) => (c.type === next.type ? merged : c)) : [...all, merged];
}
