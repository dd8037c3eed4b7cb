import type { Prisma } from "@/lib/db/generated/client";
import type { LeadDto } from "@/lib/leads/schema";

export const LEAD_FIELDS = {
  id: true, name: true, nameKey: true, domain: true, stage: true, score: true, source: true, nextStep: true, nextStepOn: true, createdAt: true, version: true, _count: { select: { people: true } },
} as const satisfies Prisma.LeadSelect;
type Row = Prisma.LeadGetPayload<{ select: typeof LEAD_FIELDS }>;
export type Visits = { count: number; lastAt: Date | null };

/** A day without a time. */
export const dayOf = (at: Date | null): string | null => at && at.toISOString().slice(0, 10);
export const leadEtag = (lead: { version: number }): string => `v${lead.version}`;

export const presentLead = (lead: Row, visits: Visits): LeadDto => ({
  id: lead.id, name: lead.name, domain: lead.domain, stage: lead.stage, score: lead.score, source: lead.source, nextStep: lead.nextStep, nextStepOn: dayOf(lead.nextStepOn), people: lead._count.people,
  visits: visits.count, lastVisitAt: visits.lastAt?.toISOString() ?? null, createdAt: lead.createdAt.toISOString(), etag: leadEtag(lead),
});
