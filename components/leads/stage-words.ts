import { LEAD_STAGES } from "@/content/leads";
import type { LeadStage } from "@/lib/leads/schema";

export const stageLabel = (stage: string): string => LEAD_STAGES.find((s) => s.value === stage)?.label ?? stage;
export const stageOptions = LEAD_STAGES.map((s) => ({ value: s.value as string, label: s.label, hint: s.hint }));

/** The stage before or after; null at either end. */
export function neighbour(stage: LeadStage, by: -1 | 1): LeadStage | null {
  return LEAD_STAGES[LEAD_STAGES.findIndex((s) => s.value === stage) + by]?.value ?? null;
}

export const sourceWords: Record<string, string> = { "contact-form": "Contact form", import: "List", manual: "By hand" };
