import type { z } from "zod";
import { announceAlerts } from "@/lib/alerts/announce-alerts";
import type { createSilenceSchema, SilenceDto } from "@/lib/alerts/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

const MAX_SILENCES = 100;

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
    if ((await tx.alertSilence.count({ where: { projectId, endsAt: { gt: now } } })) >= MAX_SILENCES) throw new AppError("conflict", `A project may have ${MAX_SILENCES} silences that are on. End one first.`);
    if (input.rule && (await tx.alertRule.count({ where: { id: input.rule, projectId } })) === 0) throw notFound("alert rule");
    const deployment = input.deployment ? await tx.deployment.findUnique({ where: { projectId_slug: { projectId, slug: input.deployment } }, select: { id: true } }) : null;
    if (input.deployment && !deployment) throw notFound("deployment");
    const row = await tx.alertSilence.create({ data: { projectId, ruleId: input.rule, deploymentId: deployment?.id ?? null, reason: input.reason, startsAt: now, endsAt: new Date(now.getTime() + input.minutes * 60_000), createdBy: actor.label } });
    await writeAudit(tx, actor, { action: "alert-silence.create", subject: { kind: "alert-silence", id: row.id }, projectId, detail: input });
    await announceAlerts(tx, projectId);
    return row.id;
  });
  return (await listSilences([projectId], now)).find((s) => s.id === id)!;
}

export async function deleteSilence(actor: Actor, projectId: string, id: string): Promise<void> {
  requirePermission(actor, "deployment.write", projectId);
  await db().$transaction(async (tx) => {
    if ((await tx.alertSilence.deleteMany({ where: { id, projectId } })).count === 0) throw notFound("silence");
    await writeAudit(tx, actor, { action: "alert-silence.delete", subject: { kind: "alert-silence", id }, projectId });
    await announceAlerts(tx, projectId);
  });
}
