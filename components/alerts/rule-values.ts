import type { z } from "zod";
import { CONDITION_WORDS } from "@/components/alerts/condition-words";
import type { createRuleSchema, RuleDto } from "@/lib/alerts/schema";

/** What the form holds: what the API takes. */
export type RuleValues = z.input<typeof createRuleSchema>;

/** A rule as the form begins: the rule itself, or a new one for this deployment. */
export function ruleValues(rule: RuleDto | null, deployment: string | null): RuleValues {
  if (!rule) return { name: "", deployment, condition: CONDITION_WORDS.latency.first, severity: "warning", forSeconds: 120, resolveSeconds: 180, enabled: true, channels: [] };
  const { name, condition, severity, forSeconds, resolveSeconds, enabled, channels } = rule;
  return { name, deployment: rule.deployment, condition, severity, forSeconds, resolveSeconds, enabled, channels };
}
