import { randomBytes, randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { nameKey } from "@/lib/leads/keys";
import { rulesVersion, scoreLead, type Scored } from "@/lib/leads/score";

export type CompanyFacts = Partial<Omit<Scored, "name" | "domain" | "usesGpus" | "buildsAi">> & { name: string; domain: string | null; location?: string | null; linkedinUrl?: string | null; lastFundingType?: string | null };
export type PersonFacts = { name: string; email: string | null; title?: string | null; linkedinUrl?: string | null; location?: string | null };
export type Outcome = "created" | "merged" | "unchanged";

const FACTS = ["description", "industries", "technologies", "location", "linkedinUrl", "foundedYear", "employeesMin", "employeesMax", "fundingUsd", "lastFundingOn", "lastFundingType"] as const;
const PERSON_FACTS = ["email", "title", "linkedinUrl", "location"] as const;
const NOTHING = { description: null, industries: null, technologies: null, location: null, linkedinUrl: null, foundedYear: null, employeesMin: null, employeesMax: null, fundingUsd: null, lastFundingOn: null, lastFundingType: null, usesGpus: null, buildsAi: null };

type Facts = Scored & { location: string | null; linkedinUrl: string | null; lastFundingType: string | null };
export type BookLead = Facts & { id: string; nameKey: string };
export type BookPerson = { id: string; leadId: string; name: string; nameKey: string; email: string | null; title: string | null; linkedinUrl: string | null; location: string | null };

export const newLinkToken = (): string => randomBytes(6).toString("base64url");

export const companyKey = (company: { name: string; domain: string | null }): string => nameKey(company.name) || company.domain || company.name.toLowerCase();

/**
 * The leads that a batch of companies may be, read once, matched in memory and written together. Under lockLeads, in one transaction.
 * Nothing that is known is written over. Kept over several batches (a count that writes nothing), it also knows what it would have made.
 */
export class LeadBook {
  private readonly byDomain = new Map<string, BookLead>();
  private readonly byKey = new Map<string, BookLead[]>();
  private readonly peopleOf = new Map<string, BookPerson[]>();
  private readonly made = { leads: new Set<BookLead>(), people: new Set<BookPerson>() };
  private readonly changed = { leads: new Map<BookLead, Partial<Facts>>(), people: new Map<BookPerson, Partial<BookPerson>>() };

  /** Reads what these companies may be, with their people. */
  async read(tx: Tx, companies: { name: string; domain: string | null }[]): Promise<void> {
    const domains = companies.flatMap((c) => c.domain ?? []).filter((d) => !this.byDomain.has(d));
    const rows = await tx.lead.findMany({ where: { OR: [{ domain: { in: domains } }, { nameKey: { in: companies.map(companyKey) } }] } });
    const fresh = rows.filter((r) => !this.peopleOf.has(r.id));
    for (const row of fresh) this.enter({ ...row, fundingUsd: row.fundingUsd?.toNumber() ?? null });
    for (const person of await tx.leadPerson.findMany({ where: { leadId: { in: fresh.map((r) => r.id) } } })) this.peopleOf.get(person.leadId)!.push(person);
  }

  /** The lead a company is: the one with its domain; else the one with its name, where domains do not tell the two apart. A name without a domain that several domains share is none of them. */
  find(domain: string | null, key: string): BookLead | null {
    const named = this.byKey.get(key) ?? [];
    const unplaced = named.find((l) => l.domain === null) ?? null;
    if (domain) return this.byDomain.get(domain) ?? unplaced;
    return unplaced ?? (named.length === 1 ? named[0]! : null);
  }

  /** Makes the lead, or adds to it what it does not know yet. */
  company(company: CompanyFacts): { lead: BookLead; outcome: Outcome } {
    const key = companyKey(company);
    const found = this.find(company.domain, key);
    const given = Object.fromEntries(FACTS.filter((f) => company[f] !== undefined && company[f] !== null).map((f) => [f, company[f]])) as Partial<Facts>;
    if (!found) {
      const lead: BookLead = { ...NOTHING, ...given, id: randomUUID(), name: company.name, nameKey: key, domain: company.domain };
      this.enter(lead);
      this.made.leads.add(lead);
      return { lead, outcome: "created" };
    }
    const news = Object.fromEntries(Object.entries(given).filter(([f]) => found[f as keyof Facts] === null)) as Partial<Facts>;
    if (company.domain && !found.domain) {
      news.domain = company.domain;
      this.byDomain.set(company.domain, found);
    }
    if (Object.keys(news).length === 0) return { lead: found, outcome: "unchanged" };
    Object.assign(found, news);
    if (!this.made.leads.has(found)) this.changed.leads.set(found, { ...this.changed.leads.get(found), ...news });
    return { lead: found, outcome: "merged" };
  }

  /** The person of a lead: by address, else by profile, else by name where addresses do not tell the two apart. Adds what was not known. */
  person(lead: BookLead, person: PersonFacts): { person: BookPerson; created: boolean } {
    const key = nameKey(person.name);
    const known = this.peopleOf.get(lead.id)!;
    const found = known.find((p) => person.email && p.email === person.email)
      ?? known.find((p) => person.linkedinUrl && p.linkedinUrl === person.linkedinUrl && !(p.email && person.email))
      ?? known.find((p) => p.nameKey === key && !(p.email && person.email) && !(p.linkedinUrl && person.linkedinUrl));
    if (!found) {
      const made: BookPerson = { id: randomUUID(), leadId: lead.id, nameKey: key, name: person.name, email: person.email, title: person.title ?? null, linkedinUrl: person.linkedinUrl ?? null, location: person.location ?? null };
      known.push(made);
      this.made.people.add(made);
      return { person: made, created: true };
    }
    const news = Object.fromEntries(PERSON_FACTS.filter((f) => person[f] && found[f] === null).map((f) => [f, person[f]])) as Partial<BookPerson>;
    Object.assign(found, news);
    if (Object.keys(news).length > 0 && !this.made.people.has(found)) this.changed.people.set(found, { ...this.changed.people.get(found), ...news });
    return { person: found, created: false };
  }

  /** Writes what was made and changed since it was read. */
  async write(tx: Tx, from: { source: string; importId?: string }, now: Date): Promise<void> {
    const scored = (lead: BookLead) => ({ score: scoreLead(lead, now).score, rulesVersion: rulesVersion(now) });
    if (this.made.leads.size > 0) await tx.lead.createMany({ data: [...this.made.leads].map((lead) => ({ ...factsOf(lead), ...scored(lead), id: lead.id, nameKey: lead.nameKey, source: from.source, importId: from.importId, linkToken: newLinkToken() })) });
    for (const [lead, news] of this.changed.leads) await tx.lead.update({ where: { id: lead.id }, data: { ...news, ...scored(lead), version: { increment: 1 } }, select: { id: true } });
    if (this.made.people.size > 0) await tx.leadPerson.createMany({ data: [...this.made.people].map((p) => ({ ...p, importId: from.importId })) });
    for (const [person, news] of this.changed.people) await tx.leadPerson.update({ where: { id: person.id }, data: news, select: { id: true } });
    for (const part of [this.made.leads, this.made.people, this.changed.leads, this.changed.people]) part.clear();
  }

  private enter(lead: BookLead): void {
    if (lead.domain) this.byDomain.set(lead.domain, lead);
    this.byKey.set(lead.nameKey, [...(this.byKey.get(lead.nameKey) ?? []), lead]);
    this.peopleOf.set(lead.id, []);
  }
}

const factsOf = (lead: BookLead) => ({ name: lead.name, domain: lead.domain, ...Object.fromEntries([...FACTS, "usesGpus" as const, "buildsAi" as const].map((f) => [f, lead[f]])) });
