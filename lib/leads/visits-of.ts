import { db } from "@/lib/db/client";
import type { Visits } from "@/lib/leads/present-lead";

const NONE: Visits = { count: 0, lastAt: null };

/** Visits of these leads' links, all days together. */
export async function visitsOf(leadIds: string[]): Promise<(leadId: string) => Visits> {
  const sums = leadIds.length === 0 ? [] : await db().leadVisit.groupBy({ by: ["leadId"], where: { leadId: { in: leadIds } }, _sum: { count: true }, _max: { lastAt: true } });
  const byLead = new Map(sums.map((s) => [s.leadId, { count: s._sum.count ?? 0, lastAt: s._max.lastAt }]));
  return (leadId) => byLead.get(leadId) ?? NONE;
}
