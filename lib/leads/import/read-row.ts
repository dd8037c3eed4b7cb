import { cellText, readDay, readEmployees, readUsd, readYear } from "@/lib/leads/import/read-values";
import type { ListField, Mapping } from "@/lib/leads/import/fields";
import { domainOf, domainOfEmail, emailOf } from "@/lib/leads/keys";
import type { CompanyFacts, PersonFacts } from "@/lib/leads/lead-book";

export type ReadRow = { company: CompanyFacts; person: PersonFacts | null } | { fault: string };
const MOST: Partial<Record<ListField, number>> = { company: 160, description: 4000, industries: 1000, technologies: 2000, companyLocation: 200, companyLinkedin: 300, lastFundingType: 100, person: 120, firstName: 60, lastName: 60, title: 160, personLinkedin: 300, personLocation: 200 };

class Fault extends Error {}

/** Pure: what a row says, or in one sentence why it is not taken over. A fact that cannot be read is a fault: taken over wrongly it would be worse than not at all. */
export function readRow(cells: readonly string[], columns: number, mapping: Mapping): ReadRow {
  try {
    if (cells.length > columns) throw new Fault(`It has ${cells.length} cells where the heading has ${columns}: a separator or a quotation mark is out of place.`);
    const of = (field: ListField): string | null => {
      const column = Object.keys(mapping).find((c) => mapping[c] === field);
      const text = column === undefined ? null : cellText(cells[Number(column)]);
      return text === null ? null : Array.from(text).slice(0, MOST[field] ?? 400).join("");
    };
    const read = <T>(field: ListField, by: (text: string) => T | undefined, what: string): T | null => {
      const text = of(field);
      const value = text === null ? null : by(text);
      if (value === undefined) throw new Fault(`“${text!.slice(0, 60)}” is not ${what}.`);
      return value;
    };
    const email = read("email", (t) => emailOf(t) ?? undefined, "an e-mail address");
    const domain = read("website", (t) => domainOf(t) ?? undefined, "a website") ?? (email ? domainOfEmail(email) : null);
    const name = of("company") ?? domain;
    if (!name) throw new Fault("It names no company: neither a name, nor a website, nor an address of one.");
    const employees = read("employees", readEmployees, "a number of employees");
    const company: CompanyFacts = {
      name, domain, description: of("description"), industries: of("industries"), technologies: of("technologies"), location: of("companyLocation"), linkedinUrl: profile(of("companyLinkedin")),
      foundedYear: read("foundedYear", readYear, "a year"), employeesMin: employees?.min ?? null, employeesMax: employees?.max ?? null,
      fundingUsd: read("fundingUsd", readUsd, "an amount in US dollars"), lastFundingOn: read("lastFundingOn", readDay, "a day"), lastFundingType: of("lastFundingType"),
    };
    const person = of("person") ?? ([of("firstName"), of("lastName")].filter(Boolean).join(" ") || null);
    const about = { title: of("title"), linkedinUrl: profile(of("personLinkedin")), location: of("personLocation") };
    if (!person && !email && about.linkedinUrl) throw new Fault("It has a person's profile and no name.");
    return { company, person: person || email ? { name: person ?? email!, email, ...about } : null };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

/** A profile's address without what a search added to it; text that is no address is none. */
function profile(text: string | null): string | null {
  if (!text) return null;
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url && url.hostname.includes(".") ? `https://${url.hostname.toLowerCase()}${url.pathname.replace(/\/+$/, "")}` : null;
}
