import { Reader } from "@/lib/alerts/read-subjects";
import type { Condition, RulePreviewDto } from "@/lib/alerts/schema";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** What a condition would say at this moment, before there is a rule: the same reading and judging as the evaluation's. */
export async function previewRule(projectId: string, input: { condition: Condition; deployment: string | null }, now = new Date()): Promise<RulePreviewDto> {
  const deployment = input.deployment ? await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug: input.deployment } }, select: { id: true } }) : null;
  if (input.deployment && !deployment) throw notFound("deployment");
  const judged = await new Reader(now).judged({ projectId, deploymentId: deployment?.id ?? null, condition: input.condition });
  return { items: judged.map((s) => ({ subject: s.label, verdict: s.verdict, value: s.value, text: s.text, noData: s.noData })) };
}
