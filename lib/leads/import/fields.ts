/** What a column of a list can be. In the order in which the portal offers them. */
export const LIST_FIELDS = [
  { value: "company", label: "Company" }, { value: "website", label: "Website" }, { value: "description", label: "What it does" }, { value: "industries", label: "Industries" }, { value: "technologies", label: "Technologies" },
  { value: "companyLocation", label: "Company's place" }, { value: "companyLinkedin", label: "Company's profile" }, { value: "foundedYear", label: "Founded" }, { value: "employees", label: "Employees" },
  { value: "fundingUsd", label: "Funding in USD" }, { value: "lastFundingOn", label: "Last round on" }, { value: "lastFundingType", label: "Kind of last round" },
  { value: "person", label: "Person's name" }, { value: "firstName", label: "First name" }, { value: "lastName", label: "Last name" }, { value: "email", label: "E-mail address" }, { value: "title", label: "Title" },
  { value: "personLinkedin", label: "Person's profile" }, { value: "personLocation", label: "Person's place" },
] as const;
export type ListField = (typeof LIST_FIELDS)[number]["value"];
/** Field by number of column. Columns without one are not taken over. */
export type Mapping = Record<string, ListField>;
type Names = Partial<Record<ListField, string[]>>;

/** Headings as exports write them. The first that a list has is taken. */
export const PRESETS: { value: string; label: string; names: Names }[] = [
  {
    value: "crunchbase", label: "Crunchbase export",
    names: {
      company: ["Organization Name", "Company Name"], website: ["Website", "Company Website", "Domain"], description: ["Full Description", "Description"], industries: ["Industries", "Industry Groups"], technologies: ["Top 5 Technologies", "Technologies"],
      companyLocation: ["Headquarters Location"], companyLinkedin: ["LinkedIn", "Company LinkedIn"], foundedYear: ["Founded Date"], employees: ["Number of Employees"],
      fundingUsd: ["Total Funding Amount (in USD)", "Total Equity Funding Amount (in USD)"], lastFundingOn: ["Last Funding Date", "Last Equity Funding Date"], lastFundingType: ["Last Funding Type", "Last Equity Funding Type"],
    },
  },
  {
    value: "sales-navigator", label: "Sales Navigator list, exported by a CRM tool",
    names: {
      company: ["Company Name", "Company", "Account Name", "Current Company", "Organization"], website: ["Company Website", "Company Domain", "Corporate Website", "Website"], description: ["Company Description", "Short Description"],
      industries: ["Company Industry", "Industry", "Industries"], technologies: ["Technologies"], companyLocation: ["Company Location", "Company Address", "Headquarters"],
      companyLinkedin: ["Company LinkedIn URL", "Company Linkedin Url", "Company Profile URL", "Linkedin Company URL"], foundedYear: ["Founded Year", "Company Founded"], employees: ["# Employees", "Employees", "Employee Count", "Company Size", "Company Headcount", "Headcount"],
      fundingUsd: ["Total Funding"], lastFundingOn: ["Last Raised At", "Last Funding Date"], lastFundingType: ["Latest Funding", "Last Funding Type"],
      person: ["Full Name", "Name", "Contact Name", "Lead Name"], firstName: ["First Name"], lastName: ["Last Name"], email: ["Email", "Email Address", "Work Email", "Business Email", "E-mail"],
      title: ["Title", "Job Title", "Current Title", "Position", "Headline"], personLinkedin: ["Person Linkedin Url", "LinkedIn URL", "LinkedIn Profile URL", "Profile URL", "LinkedIn", "Linkedin Profile"], personLocation: ["Location", "Geography", "Person Location"],
    },
  },
];

const plain = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9#]+/g, "");

/** Pure: which column is what, by the headings of a preset. */
export function suggestMapping(headers: readonly string[], preset: string): Mapping {
  const names = PRESETS.find((p) => p.value === preset)?.names ?? {};
  const mapping: Mapping = {};
  for (const { value: field } of LIST_FIELDS) {
    for (const name of names[field] ?? []) {
      const column = headers.findIndex((h, i) => plain(h) === plain(name) && mapping[i] === undefined);
      if (column < 0) continue;
      mapping[column] = field;
      break;
    }
  }
  return mapping;
}

/** Pure: the preset that knows most of the headings; null where none knows two. */
export function guessPreset(headers: readonly string[]): string | null {
  const scored = PRESETS.map((p) => ({ preset: p.value, known: Object.keys(suggestMapping(headers, p.value)).length })).sort((a, b) => b.known - a.known);
  return scored[0] && scored[0].known >= 2 ? scored[0].preset : null;
}
