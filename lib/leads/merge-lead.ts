import { randomBytes } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import type { Lead, LeadPerson } from "@/lib/db/generated/client";
import { nameKey } from "@/lib/leads/keys";
import { RULES_VERSION, scoreLead, type Scored } from "@/lib/leads/score";

export type CompanyFacts = Partial<Omit<Scored, "name" | "domain" | "usesGpus" | "buildsAi">> & { name: string; domain: string | null; location?: string | null; linkedinUrl?: string | null; lastFundingType?: string | null };
export type PersonFacts = { name: string; email: string | null; title?: string | null; linkedinUrl?: string | null; location?: string | null };

const LEADS_LOCK = 727112;
const FACTS = ["description", "industries", "technologies", "location", "linkedinUrl", "foundedYear", "employeesMin", "employeesMax", "fundingUsd", "lastFundingOn", "lastFundingType"] as const;

/** Holds off every other merge until the transaction ends, so that the same company is never made twice. Take it before the audit's lock. */
export const lockLeads = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEADS_LOCK}::bigint)`;

export const newLinkToken = (): string => randomBytes(6).toString("base64url");

export const scoredOf = (lead: Omit<Scored, "fundingUsd"> & { fundingUsd: { toNumber(): number } | number | null }): Scored => ({ ...lead, fundingUsd: typeof lead.fundingUsd === "number" || lead.fundingUsd === null ? lead.fundingUsd : lead.fundingUsd.toNumber() });

/**
 * The lead a company is: the one with its domain; else the one with its name, where domains do not tell the two apart. Under lockLeads.
 * A name without a domain that several domains share is none of them.
 */
export async function findLead(tx: Tx, domain: string | null, key: string): Promise<Lead | null> {
  if (domain) {
    const same = await tx.lead.findUnique({ where: { domain } });
    if (same) return same;
    return key ? tx.lead.findFirst({ where: { nameKey: key, domain: null } }) : null;
  }
  const named = await tx.lead.findMany({ where: { nameKey: key }, take: 2, orderBy: { id: "asc" } });
  return named.find((l) => l.domain === null) ?? (named.length === 1 ? named[0]! : null);
}

/** Makes the lead, or adds to it what it does not know yet: nothing that is there is written over. Under lockLeads. */
export async function mergeLead(tx: Tx, company: CompanyFacts, source: string, now: Date): Promise<{ lead: Lead; outcome: "created" | "merged" | "unchanged" }> {
  const key = nameKey(company.name) || company.domain || company.name.toLowerCase();
  const found = await findLead(tx, company.domain, key);
  const given = Object.fromEntries(FACTS.filter((f) => company[f] !== undefined && company[f] !== null).map((f) => [f, company[f]]));
  if (!found) {
    const facts = { description: null, industries: null, technologies: null, foundedYear: null, employeesMin: null, employeesMax: null, fundingUsd: null, lastFundingOn: null, usesGpus: null, buildsAi: null, ...given, name: company.name, domain: company.domain };
    const { score } = scoreLead(facts, now);
    return { outcome: "created", lead: await tx.lead.create({ data: { ...facts, nameKey: key, source, score, rulesVersion: RULES_VERSION, linkToken: newLinkToken() } }) };
  }
  const news = Object.fromEntries(Object.entries(given).filter(([f]) => found[f as keyof Lead] === null));
  if (company.domain && !found.domain) news.domain = company.domain;
  if (Object.keys(news).length === 0) return { outcome: "unchanged", lead: found };
  const { score } = scoreLead(scoredOf({ ...found, ...news }), now);
  return { outcome: "merged", lead: await tx.lead.update({ where: { id: found.id }, data: { ...news, score, rulesVersion: RULES_VERSION, version: { increment: 1 } } }) };
}

/** The person of a lead: by address, else by profile, else by name where addresses do not tell the two apart. Adds what was not known. Under lockLeads. */
export async function mergePerson(tx: Tx, leadId: string, person: PersonFacts): Promise<{ person: LeadPerson; created: boolean }> {
  const key = nameKey(person.name);
  const known = await tx.leadPerson.findMany({ where: { leadId, OR: [...(person.email ? [{ email: person.email }] : []), ...(person.linkedinUrl ? [{ linkedinUrl: person.linkedinUrl }] : []), { nameKey: key }] } });
  const found = known.find((p) => person.email && p.email === person.email)
    ?? known.find((p) => person.linkedinUrl && p.linkedinUrl === person.linkedinUrl && !(p.email && person.email))
    ?? known.find((p) => p.nameKey === key && !(p.email && person.email) && !(p.linkedinUrl && person.linkedinUrl));
  if (!found) return { created: true, person: await tx.leadPerson.create({ data: { leadId, nameKey: key, name: person.name, email: person.email, title: person.title ?? null, linkedinUrl: person.linkedinUrl ?? null, location: person.location ?? null } }) };
  const news = Object.fromEntries((["email", "title", "linkedinUrl", "location"] as const).filter((f) => person[f] && found[f] === null).map((f) => [f, person[f]]));
  return { created: false, person: Object.keys(news).length ? await tx.leadPerson.update({ where: { id: found.id }, data: news }) : found };
}
