import { createHash } from "node:crypto";
import { LEAD_WEIGHTS as MOST } from "@/content/leads";

/** Raised with every change of a rule. */
const RULES = 1;

/** Names the rules, their weights and the month: a score of another version is out of date, since weights are edited and "lately" passes. */
export function rulesVersion(now: Date): number {
  return createHash("sha256").update(JSON.stringify([RULES, MOST, now.toISOString().slice(0, 7)])).digest().readUInt32BE(0) >>> 1;
}

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
  const give = (share: number, why: string) => ({ rule: "Builds AI", points: Math.round(share * MOST.buildsAi), outOf: MOST.buildsAi, why });
  if (lead.buildsAi !== null) return give(lead.buildsAi ? 1 : 0, lead.buildsAi ? "said by hand" : "said by hand: it does not");
  const found = AI.exec(text)?.[0];
  if (found) return give(1, `its text says “${found.toLowerCase()}”`);
  return lead.domain?.endsWith(".ai") ? give(0.4, "its domain ends in .ai") : give(0, text.length > lead.name.length ? "its text does not say so" : "unknown: there is no text");
}

function youngRule(lead: Scored, now: Date): Working {
  const give = (share: number, why: string) => ({ rule: "Start-up", points: Math.round(share * MOST.startUp), outOf: MOST.startUp, why });
  if (lead.foundedYear === null) return give(0, "unknown: no year of founding");
  const age = now.getUTCFullYear() - lead.foundedYear;
  return give(age <= YOUNG_YEARS ? 1 : 0, `founded ${lead.foundedYear}, ${age <= YOUNG_YEARS ? "within" : "longer than"} ${YOUNG_YEARS} years ago`);
}

function gpuRule(lead: Scored, text: string): Working {
  const give = (share: number, why: string) => ({ rule: "Uses GPUs", points: Math.round(share * MOST.usesGpus), outOf: MOST.usesGpus, why });
  if (lead.usesGpus !== null) return give(lead.usesGpus ? 1 : 0, lead.usesGpus ? "said by hand" : "said by hand: it does not");
  const found = GPUS.exec(text)?.[0];
  return found ? give(1, `its text says “${found.toLowerCase()}”`) : give(0, text.length > lead.name.length ? "its text does not say so" : "unknown: there is no text");
}

function sizeRule(lead: Scored): Working {
  const give = (share: number, why: string) => ({ rule: "Size", points: Math.round(share * MOST.size), outOf: MOST.size, why });
  const people = lead.employeesMax ?? lead.employeesMin;
  if (people === null) return give(0, "unknown: no number of employees");
  const said = lead.employeesMin !== null && lead.employeesMax !== null && lead.employeesMin !== lead.employeesMax ? `${lead.employeesMin} to ${lead.employeesMax} employees` : `${lead.employeesMax === null ? "more than " : ""}${people} employees`;
  if (lead.employeesMax === null && people >= 1000) return give(0.25, said);
  return give(people <= 10 ? 0.5 : people <= 250 ? 1 : people <= 1000 ? 0.75 : 0.25, said);
}

function fundingRule(lead: Scored): Working {
  const give = (share: number, why: string) => ({ rule: "Funding", points: Math.round(share * MOST.funding), outOf: MOST.funding, why });
  if (lead.fundingUsd === null) return give(0, "unknown: no funding on file");
  const millions = lead.fundingUsd / 1e6;
  return give(millions >= 10 ? 1 : millions >= 1 ? 2 / 3 : lead.fundingUsd > 0 ? 1 / 3 : 0, `$${Number(millions.toPrecision(3))} million in all`);
}

function recentRule(lead: Scored, now: Date): Working {
  const give = (share: number, why: string) => ({ rule: "Funded lately", points: Math.round(share * MOST.fundedLately), outOf: MOST.fundedLately, why });
  if (!lead.lastFundingOn) return give(0, "unknown: no date of a round");
  const months = (now.getTime() - lead.lastFundingOn.getTime()) / (30.44 * 86_400_000);
  return give(months <= RECENT_MONTHS ? 1 : 0, `last round on ${lead.lastFundingOn.toISOString().slice(0, 10)}, ${months <= RECENT_MONTHS ? "within" : "longer than"} ${RECENT_MONTHS} months ago`);
}
