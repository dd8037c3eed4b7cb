import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { domainOfEmail } from "@/lib/leads/keys";
import { lockLeads, mergeLead } from "@/lib/leads/merge-lead";
import type { createLeadSchema } from "@/lib/leads/schema";

/** Adds a company by hand, or finds the lead it already is and adds the person to it. */
export async function createLead(actor: Actor, input: z.output<typeof createLeadSchema>, now: Date): Promise<{ id: string; created: boolean }> {
  requirePermission(actor, "lead.manage", null);
  return db().$transaction(async (tx) => {
    await lockLeads(tx);
    const domain = input.website ?? (input.person?.email ? domainOfEmail(input.person.email) : null);
    const { lead, outcome } = await mergeLead(tx, { name: input.name, domain }, input.person ?? null, "manual", now);
    await writeAudit(tx, actor, { action: outcome === "created" ? "lead.create" : "lead.merge", subject: { kind: "lead", id: lead.id } });
    return { id: lead.id, created: outcome === "created" };
  });
}
