import type { z } from "zod";
import { LEAD_STAGES } from "@/content/leads";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { leadsWhere } from "@/lib/leads/lead-query";
import type { leadFilters } from "@/lib/leads/schema";

/** How many leads stand at each stage, of those the filters mean. */
export async function countStages(actor: Actor, filters: z.output<typeof leadFilters>, now: Date) {
  requirePermission(actor, "lead.manage", null);
  const groups = await db().lead.groupBy({ by: ["stage"], where: leadsWhere(filters, now), _count: true });
  return { items: LEAD_STAGES.map(({ value }) => ({ stage: value, count: groups.find((g) => g.stage === value)?._count ?? 0 })) };
}
