/** Raised with every change of a rule: leads scored by older rules are scored again. */
export const RULES_VERSION = 1;

export type Scored = {
  name: string; domain: string | null; description: string | null; industries: string | null; technologies: string | null; foundedYear: number | null;
  employeesMin: number | null; employeesMax: number | null; fundingUsd: number | null; lastFundingOn: Date | null; usesGpus: boolean | null; buildsAi: boolean | null;
};
export type Working = { rule: string; points: number; outOf: number; why: string };

const AI = /\b(artificial intelligence|machine learning|deep learning|generative ai|genai|computer vision|natural language|nlp|llms?|large language models?|neural|speech recognition|foundation models?|ai)\b/i;
const GPUS = /\b(gpus?|cuda|nvidia|tensorrt|triton|vllm|pytorch|tensorflow|diffusion|fine-?tun\w*|model training|inference|llms?|large language models?|deep learning|computer vision|sagemaker)\b/i;
const YOUNG_YEARS = 10;
const RECENT_MONTHS = 18;

/** Pure: how well a company fits, of 100, and what each rule gave and why. Unknown gives nothing and says so. */
export function scoreLead(lead: Scored, now: Date): { score: number; workings: Working[] } {
  const text = [lead.name, lead.description, lead.industries, lead.technologies].filter(Boolean).join(" \n ");
  const workings = [aiRule(lead, text), youngRule(lead, now), gpuRule(lead, text), sizeRule(lead), fundingRule(lead), recentRule(lead, now)];
  return { score: workings.reduce((sum, w) => sum + w.points, 0), workings };
}

function aiRule(lead: Scored, text: string): Working {
  const give = (points: number, why: string) => ({ rule: "Builds AI", points, outOf: 25, why });
  if (lead.buildsAi !== null) return give(lead.buildsAi ? 25 : 0, lead.buildsAi ? "said by hand" : "said by hand: it does not");
  const found = AI.exec(text)?.[0];
  if (found) return give(25, `its text says “${found.toLowerCase()}”`);
  return lead.domain?.endsWith(".ai") ? give(10, "its domain ends in .ai") : give(0, text.length > lead.name.length ? "its text does not say so" : "unknown: there is no text");
}

function youngRule(lead: Scored, now: Date): Working {
  const give = (points: number, why: string) => ({ rule: "Start-up", points, outOf: 5, why });
  if (lead.foundedYear === null) return give(0, "unknown: no year of founding");
  const age = now.getUTCFullYear() - lead.foundedYear;
  return give(age <= YOUNG_YEARS ? 5 : 0, `founded ${lead.foundedYear}, ${age <= YOUNG_YEARS ? "within" : "longer than"} ${YOUNG_YEARS} years ago`);
}

function gpuRule(lead: Scored, text: string): Working {
  const give = (points: number, why: string) => ({ rule: "Uses GPUs", points, outOf: 25, why });
  if (lead.usesGpus !== null) return give(lead.usesGpus ? 25 : 0, lead.usesGpus ? "said by hand" : "said by hand: it does not");
  const found = GPUS.exec(text)?.[0];
  return found ? give(25, `its text says “${found.toLowerCase()}”`) : give(0, text.length > lead.name.length ? "its text does not say so" : "unknown: there is no text");
}

function sizeRule(lead: Scored): Working {
  const give = (points: number, why: string) => ({ rule: "Size", points, outOf: 20, why });
  const people = lead.employeesMax ?? lead.employeesMin;
  if (people === null) return give(0, "unknown: no number of employees");
  const said = lead.employeesMin !== null && lead.employeesMax !== null && lead.employeesMin !== lead.employeesMax ? `${lead.employeesMin} to ${lead.employeesMax} employees` : `${lead.employeesMax === null ? "more than " : ""}${people} employees`;
  if (lead.employeesMax === null && people >= 1000) return give(5, said);
  return give(people <= 10 ? 10 : people <= 250 ? 20 : people <= 1000 ? 15 : 5, said);
}

function fundingRule(lead: Scored): Working {
  const give = (points: number, why: string) => ({ rule: "Funding", points, outOf: 15, why });
  if (lead.fundingUsd === null) return give(0, "unknown: no funding on file");
  const millions = lead.fundingUsd / 1e6;
  return give(millions >= 10 ? 15 : millions >= 1 ? 10 : lead.fundingUsd > 0 ? 5 : 0, `$${Number(millions.toPrecision(3))} million in all`);
}

function recentRule(lead: Scored, now: Date): Working {
  const give = (points: number, why: string) => ({ rule: "Funded lately", points, outOf: 10, why });
  if (!lead.lastFundingOn) return give(0, "unknown: no date of a round");
  const months = (now.getTime() - lead.lastFundingOn.getTime()) / (30.44 * 86_400_000);
  return give(months <= RECENT_MONTHS ? 10 : 0, `last round on ${lead.lastFundingOn.toISOString().slice(0, 10)}, ${months <= RECENT_MONTHS ? "within" : "longer than"} ${RECENT_MONTHS} months ago`);
}
