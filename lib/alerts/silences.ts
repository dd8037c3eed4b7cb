import type { z } from "zod";
import type { createSilenceSchema, IncidentDto, SilenceDto } from "@/lib/alerts/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** Silences that are on. */
export async function listSilences(projectIds: string[], now = new Date()): Promise<SilenceDto[]> {
  const rows = await db().alertSilence.findMany({ where: { projectId: { in: projectIds }, endsAt: { gt: now } }, include: { project: { select: { slug: true } } }, orderBy: { endsAt: "asc" }, take: 200 });
  const [rules, deployments] = await Promise.all([
    db().alertRule.findMany({ where: { projectId: { in: projectIds }, id: { in: rows.flatMap((r) => r.ruleId ?? []) } }, select: { id: true, name: true } }), db().deployment.findMany({ where: { projectId: { in: projectIds }, id: { in: rows.flatMap((r) => r.deploymentId ?? []) } }, select: { id: true, slug: true } }),
  ]);
  return rows.map((r) => ({
    id: r.id, project: r.project.slug, rule: r.ruleId ? (rules.find((x) => x.id === r.ruleId)?.name ?? "a deleted rule") : null, deployment: r.deploymentId ? (deployments.find((x) => x.id === r.deploymentId)?.slug ?? "a deleted deployment") : null,
    reason: r.reason, startsAt: r.startsAt.toISOString(), endsAt: r.endsAt.toISOString(), createdBy: r.createdBy,
  }));
}

export async function createSilence(actor: Actor, projectId: string, input: z.output<typeof createSilenceSchema>, now = new Date()): Promise<SilenceDto> {
  requirePermission(actor, "deployment.write", projectId);
  const id = await db().$transaction(async (tx) => {
    if (input.rule && (await tx.alertRule.count({ where: { id: input.rule, projectId } })) === 0) throw notFound("alert rule");
    const deployment = input.deployment ? await tx.deployment.findUnique({ where: { projectId_slug: { projectId, slug: input.deployment } }, select: { id: true } }) : null;
    if (input.deployment && !deployment) throw notFound("deployment");
    const row = await tx.alertSilence.create({ data: { projectId, ruleId: input.rule, deploymentId: deployment?.id ?? null, reason: input.reason, startsAt: now, endsAt: new Date(now.getTime() + input.minutes * 60_000), createdBy: actor.label } });
    await writeAudit(tx, actor, { action: "alert-silence.create", subject: { kind: "alert-silence", id: row.id }, projectId, detail: input });
    return row.id;
  });
  return (await listSilences([projectId], now)).find((s) => s.id === id)!;
}

export async function deleteSilence(actor: Actor, projectId: string, id: string): Promise<void> {
  requirePermission(actor, "deployment.write", projectId);
  await db().$transaction(async (tx) => {
    if ((await tx.alertSilence.deleteMany({ where: { id, projectId } })).count === 0) throw notFound("silence");
    await writeAudit(tx, actor, { action: "alert-silence.delete", subject: { kind: "alert-silence", id }, projectId });
  });
}

/** What fires now, or the newest of all, with whether it is silenced and whether anything is known of it. */
export async function listAlerts(projectIds: string[], query: { state: "firing" | "all"; deployment?: string }, now = new Date()): Promise<IncidentDto[]> {
  const rows = await db().alertIncident.findMany({ where: { projectId: { in: projectIds }, ...(query.state === "firing" ? { resolvedAt: null } : {}), ...(query.deployment ? { deployment: query.deployment } : {}) }, include: { project: { select: { slug: true } } }, orderBy: { id: "desc" }, take: 200 });
  const [silences, states] = await Promise.all([
    db().alertSilence.findMany({ where: { projectId: { in: projectIds }, startsAt: { lte: now }, endsAt: { gt: now } } }), db().alertState.findMany({ where: { ruleId: { in: rows.flatMap((r) => (r.resolvedAt ? [] : r.ruleId ?? [])) } } }),
  ]);
  return rows.map((r) => {
    const state = r.resolvedAt ? undefined : states.find((s) => s.ruleId === r.ruleId && s.subjectId === r.subjectId);
    return {
      id: r.id, project: r.project.slug, rule: r.ruleName, subject: r.subject, deployment: r.deployment, severity: r.severity, text: state?.noData ? r.text : state?.text ?? r.text, firedAt: r.firedAt.toISOString(), resolvedAt: r.resolvedAt?.toISOString() ?? null, resolution: r.resolution,
      silenced: silences.some((s) => s.projectId === r.projectId && (s.ruleId === null || s.ruleId === r.ruleId) && (s.deploymentId === null || s.deploymentId === r.subjectId)), noData: state?.noData ?? null,
    };
  });
}
