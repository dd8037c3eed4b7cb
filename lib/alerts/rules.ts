import { announceAlerts } from "@/lib/alerts/announce-alerts";
import { summaryOf } from "@/lib/alerts/summary";
import { conditionSchema, type RuleDto, type RuleInput } from "@/lib/alerts/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

const WITH = { project: { select: { slug: true } }, deployment: { select: { slug: true } }, states: true } as const;
const LIMIT = 200;

/** Rules of these projects with where they stand, by name. A project may have 100. */
export async function listRules(projectIds: string[]): Promise<RuleDto[]> {
  const rows = await db().alertRule.findMany({ where: { projectId: { in: projectIds } }, include: WITH, orderBy: [{ name: "asc" }, { id: "asc" }], take: LIMIT });
  const subjects = [...new Set(rows.flatMap((r) => r.states.map((s) => s.subjectId)))];
  const [deployments, environments] = await Promise.all([
    db().deployment.findMany({ where: { id: { in: subjects }, projectId: { in: projectIds } }, select: { id: true, slug: true } }), db().environment.findMany({ where: { id: { in: subjects }, projectId: { in: projectIds } }, select: { id: true, slug: true } }),
  ]);
  const names = new Map([...deployments, ...environments].map((s) => [s.id, s.slug]));
  return rows.map((r) => {
    const condition = conditionSchema.parse(r.condition);
    return {
      id: r.id, project: r.project.slug, name: r.name, deployment: r.deployment?.slug ?? null, condition, summary: summaryOf(condition), severity: r.severity as RuleDto["severity"],
      forSeconds: r.forSeconds, resolveSeconds: r.resolveSeconds, enabled: r.enabled, channels: r.channelIds, evaluatedAt: r.evaluatedAt?.toISOString() ?? null,
      standings: r.states.filter((s) => names.has(s.subjectId)).map((s) => ({ subject: names.get(s.subjectId)!, phase: s.phase as "ok" | "pending" | "firing", since: s.since.toISOString(), noData: s.noData, value: s.value, text: s.text, seenAt: s.seenAt.toISOString() })),
    };
  });
}

/** The rule, where it is of one of these projects. */
export async function findRule(projectIds: string[], id: string): Promise<RuleDto | null> {
  const owner = await db().alertRule.findFirst({ where: { id, projectId: { in: projectIds } }, select: { projectId: true } });
  return owner ? ((await listRules([owner.projectId])).find((r) => r.id === id) ?? null) : null;
}

export async function getRule(projectId: string, id: string): Promise<RuleDto> {
  const found = await findRule([projectId], id);
  if (!found) throw notFound("alert rule");
  return found;
}

export async function createRule(actor: Actor, projectId: string, input: RuleInput): Promise<RuleDto> {
  requirePermission(actor, "deployment.write", projectId);
  const id = await db().$transaction(async (tx) => {
    if ((await tx.alertRule.count({ where: { projectId } })) >= 100) throw new AppError("conflict", "A project may have 100 alert rules. Delete one first.");
    const data = await dataOf(tx, projectId, input);
    if (await tx.alertRule.findUnique({ where: { projectId_name: { projectId, name: input.name } } })) throw new AppError("already_exists", `There is an alert rule named ${input.name}. Choose another name.`);
    const row = await tx.alertRule.create({ data: { ...data, projectId, createdById: actor.id, createdBy: actor.label } });
    await writeAudit(tx, actor, { action: "alert-rule.create", subject: { kind: "alert-rule", id: row.id }, projectId, detail: input });
    await announceAlerts(tx, projectId);
    return row.id;
  });
  return getRule(projectId, id);
}

/** Where it stood by another condition says nothing of this one: what is firing is resolved by the evaluation that follows, or goes on. */
export async function replaceRule(actor: Actor, projectId: string, id: string, input: RuleInput): Promise<RuleDto> {
  requirePermission(actor, "deployment.write", projectId);
  await db().$transaction(async (tx) => {
    const data = await dataOf(tx, projectId, input);
    if (await tx.alertRule.findFirst({ where: { projectId, name: input.name, id: { not: id } } })) throw new AppError("already_exists", `There is an alert rule named ${input.name}. Choose another name.`);
    const changed = await tx.alertRule.updateMany({ where: { id, projectId }, data: { ...data, version: { increment: 1 } } });
    if (changed.count === 0) throw notFound("alert rule");
    await writeAudit(tx, actor, { action: "alert-rule.update", subject: { kind: "alert-rule", id }, projectId, detail: input });
    await announceAlerts(tx, projectId);
  });
  return getRule(projectId, id);
}

export async function deleteRule(actor: Actor, projectId: string, id: string, now = new Date()): Promise<void> {
  requirePermission(actor, "deployment.write", projectId);
  await db().$transaction(async (tx) => {
    await tx.alertIncident.updateMany({ where: { ruleId: id, projectId, resolvedAt: null }, data: { resolvedAt: now, resolution: "The rule was deleted." } });
    if ((await tx.alertRule.deleteMany({ where: { id, projectId } })).count === 0) throw notFound("alert rule");
    await writeAudit(tx, actor, { action: "alert-rule.delete", subject: { kind: "alert-rule", id }, projectId });
    await announceAlerts(tx, projectId);
  });
}

/** Names become ids, of this project only. */
async function dataOf(tx: Tx, projectId: string, { deployment, channels, ...rest }: RuleInput) {
  const found = deployment ? await tx.deployment.findUnique({ where: { projectId_slug: { projectId, slug: deployment } }, select: { id: true } }) : null;
  if (deployment && !found) throw notFound("deployment");
  if ((await tx.alertChannel.count({ where: { projectId, id: { in: channels } } })) !== new Set(channels).size) throw notFound("alert channel");
  return { ...rest, deploymentId: found?.id ?? null, channelIds: channels };
}
