import type { Tx } from "@/lib/db/client";
import { type BookLead, type BookPerson, type CompanyFacts, LeadBook, type Outcome, type PersonFacts } from "@/lib/leads/lead-book";

const LEADS_LOCK = 727112;

/** Holds off every other merge until the transaction ends, so that the same company is never made twice. Take it before the audit's lock. */
export const lockLeads = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEADS_LOCK}::bigint)`;

/** One company and, where known, one person: made, or added to what is there. Under lockLeads. */
export async function mergeLead(tx: Tx, company: CompanyFacts, person: PersonFacts | null, source: string, now: Date): Promise<{ lead: BookLead; person: BookPerson | null; outcome: Outcome }> {
  const book = new LeadBook();
  await book.read(tx, [company]);
  const { lead, outcome } = book.company(company);
  const merged = person && book.person(lead, person).person;
  await book.write(tx, { source }, now);
  return { lead, person: merged, outcome };
}
