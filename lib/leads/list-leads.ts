import type { z } from "zod";
import { page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { leadsOrder, leadsWhere } from "@/lib/leads/lead-query";
import { LEAD_FIELDS, presentLead } from "@/lib/leads/present-lead";
import type { leadQuery } from "@/lib/leads/schema";
import { visitsOf } from "@/lib/leads/visits-of";

/** Leads by filter, in the order asked for. */
export async function listLeads(actor: Actor, query: z.output<typeof leadQuery>, now: Date) {
  requirePermission(actor, "lead.manage", null);
  const { where, orderBy, cursorOf } = leadsOrder(query.sort, query.cursor);
  const rows = await db().lead.findMany({ where: { AND: [leadsWhere(query, now), where] }, orderBy, take: query.limit + 1, select: LEAD_FIELDS });
  const visits = await visitsOf(rows.map((r) => r.id));
  return page(rows, query.limit, cursorOf, (lead) => presentLead(lead, visits(lead.id)));
}
