import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { getLead } from "@/lib/leads/get-lead";
import { companyKey } from "@/lib/leads/lead-book";
import { lockLeads } from "@/lib/leads/merge-lead";
import { leadEtag } from "@/lib/leads/present-lead";
import type { updateLeadSchema } from "@/lib/leads/schema";
import { rulesVersion, scoreLead } from "@/lib/leads/score";

const dateOf = (day: string | null | undefined) => (day ? new Date(`${day}T00:00:00Z`) : day as null | undefined);

/** Changes what is known of a lead, where it stands and what comes next. Scored again by what is known then. Throws already_exists where another lead has that domain, or that name without a domain. */
export async function updateLead(actor: Actor, id: string, ifMatch: string | null, input: z.output<typeof updateLeadSchema>, now: Date) {
  requirePermission(actor, "lead.manage", null);
  return db().$transaction(async (tx) => {
    await lockLeads(tx);
    const before = await tx.lead.findUnique({ where: { id } });
    if (!before) throw notFound("lead");
    if (ifMatch !== null && ifMatch !== leadEtag(before)) throw new AppError("precondition_failed", "Somebody changed this lead since you read it. Read it again, then repeat your change.");
    const { website, nextStepOn, lastFundingOn, ...rest } = input;
    const news = { ...rest, domain: website, nextStepOn: dateOf(nextStepOn), lastFundingOn: dateOf(lastFundingOn) };
    const after = { ...before, ...Object.fromEntries(Object.entries(news).filter(([, v]) => v !== undefined)) };
    const key = companyKey(after);
    const twin = await tx.lead.findFirst({ where: { id: { not: id }, ...(after.domain ? { domain: after.domain } : { nameKey: key, domain: null }) }, select: { id: true } });
    if (twin) throw new AppError("already_exists", after.domain ? "Another lead has this website. Work on that one, and delete this." : "Another lead has this name and no website either.", { fields: [{ path: after.domain ? "website" : "name", message: "belongs to another lead" }], extra: { lead: twin.id } });
    const { score } = scoreLead({ ...after, fundingUsd: after.fundingUsd === null ? null : Number(after.fundingUsd) }, now);
    const moved = input.stage !== undefined && input.stage !== before.stage;
    await tx.lead.update({ where: { id }, select: { id: true }, data: { ...news, nameKey: key, score, rulesVersion: rulesVersion(now), version: { increment: 1 }, ...(moved ? { stageAt: now } : {}) } });
    // What was changed, not to what: steps and names are about people, and an entry of the audit log can never be taken out again.
    await writeAudit(tx, actor, { action: moved ? "lead.move" : "lead.update", subject: { kind: "lead", id }, detail: { ...(moved ? { from: before.stage, to: input.stage } : {}), fields: Object.keys(input).filter((f) => f !== "stage") } });
    return getLead(actor, id, now, tx);
  });
}
