import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { dayOf, leadEtag } from "@/lib/leads/present-lead";
import type { LeadDetailDto } from "@/lib/leads/schema";
import { scoreLead } from "@/lib/leads/score";

const LIST = { select: { filename: true, origin: true, basis: true, createdAt: true } } as const;
type List = { filename: string; origin: string | null; basis: string | null; createdAt: Date } | null;
const fromList = (list: List) => list && { list: list.filename, origin: list.origin, basis: list.basis, at: list.createdAt.toISOString() };
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A lead with everything that is known of it. */
export async function getLead(actor: Actor, id: string, now: Date, tx: Tx = db()): Promise<{ lead: LeadDetailDto; etag: string }> {
  requirePermission(actor, "lead.manage", null);
  const lead = await tx.lead.findUnique({
    where: { id },
    include: {
      import: LIST, people: { orderBy: { createdAt: "asc" }, take: 200, include: { import: LIST } }, contacts: { orderBy: { at: "desc" }, take: 50 }, notes: { orderBy: { createdAt: "desc" }, take: 200 }, visits: { orderBy: { day: "desc" }, take: 90 },
    },
  });
  if (!lead) throw notFound("lead");
  const history = await tx.auditEntry.findMany({ where: { subjectKind: "lead", subjectId: id }, orderBy: { seq: "desc" }, take: 50, select: { at: true, actorLabel: true, action: true, detail: true } });
  const scored = { ...lead, fundingUsd: lead.fundingUsd?.toNumber() ?? null };
  const { score, workings } = scoreLead(scored, now);
  const etag = leadEtag(lead);
  return {
    etag,
    lead: {
      id: lead.id, name: lead.name, domain: lead.domain, stage: lead.stage, stageAt: lead.stageAt.toISOString(), score, workings, source: lead.source, fromList: fromList(lead.import),
      nextStep: lead.nextStep, nextStepOn: dayOf(lead.nextStepOn), createdAt: lead.createdAt.toISOString(), etag,
      description: lead.description, industries: lead.industries, technologies: lead.technologies, location: lead.location, linkedinUrl: lead.linkedinUrl, foundedYear: lead.foundedYear,
      employeesMin: lead.employeesMin, employeesMax: lead.employeesMax, fundingUsd: scored.fundingUsd, lastFundingOn: dayOf(lead.lastFundingOn), lastFundingType: lead.lastFundingType, usesGpus: lead.usesGpus, buildsAi: lead.buildsAi,
      linkUrl: `${env().baseUrl}/l/${lead.linkToken}`, linkPath: lead.linkPath,
      people: lead.people.map((p) => ({ id: p.id, name: p.name, email: p.email, title: p.title, linkedinUrl: p.linkedinUrl, location: p.location, createdAt: p.createdAt.toISOString(), fromList: fromList(p.import) })),
      contacts: lead.contacts.map((c) => ({ id: c.id, at: c.at.toISOString(), name: c.name, email: c.email, company: c.company, message: c.message, consent: c.consent, origin: c.origin as Record<string, string>, mailedAt: iso(c.mailedAt), hookedAt: iso(c.hookedAt), lastFault: c.lastFault })),
      notes: lead.notes.map((n) => ({ id: n.id, text: n.text, author: n.author, createdAt: n.createdAt.toISOString() })),
      visits: lead.visits.reduce((sum, v) => sum + v.count, 0), lastVisitAt: iso(lead.visits[0]?.lastAt ?? null), visitDays: lead.visits.map((v) => ({ day: dayOf(v.day)!, count: v.count })),
      history: history.map((h) => ({ at: h.at.toISOString(), who: h.actorLabel, action: h.action, detail: h.detail as Record<string, unknown> })),
    },
  };
}
