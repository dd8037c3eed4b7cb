import { listActive } from "@/lib/alerts/list-active";
import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { monthInWords, monthOf } from "@/lib/budgets/month";
import { db } from "@/lib/db/client";
import { readStatus } from "@/lib/deployments/stored-status";
import { formatMoney } from "@/lib/format/money";
import { formatBytes } from "@/lib/format/bytes";
import type { Attention } from "@/lib/overview/schema";
import type { ReadableProject } from "@/lib/projects/readable-projects";
import { RETENTION } from "@/lib/retention";
import type { UploadMetadata } from "@/lib/uploads/upload-registry";

/** Shown of each kind; the pages of the portal list the rest. */
const MOST = 20;

/** What waits for somebody: alerts that fire and that nobody silenced, deployments that do not serve as wanted, versions to approve, budgets nearly spent, uploads left half way. */
export async function listAttention(actor: Actor, projects: readonly ReadableProject[], now: Date): Promise<Attention[]> {
  const slugOf = new Map(projects.map((p) => [p.id, p.slug]));
  const idsWith = (permission: "version.approve" | "deployment.approve" | "model.write") => projects.filter((p) => allows(actor, permission, p.id)).map((p) => p.id);
  const month = monthOf(now).name;
  const [alerts, unwell, quarantined, approvals, budgets, uploads] = await Promise.all([
    listActive([...slugOf.keys()], {}, now),
    db().deployment.findMany({
      where: { projectId: { in: [...slugOf.keys()] }, phase: { in: ["Failed", "Degraded"] } },
      select: { projectId: true, slug: true, phase: true, status: true, statusChangedAt: true }, orderBy: { statusChangedAt: "desc" }, take: MOST,
    }),
    db().modelVersion.findMany({
      where: { state: "quarantined", model: { projectId: { in: idsWith("version.approve") } } },
      select: { number: true, createdAt: true, createdBy: true, model: { select: { slug: true, projectId: true } } }, orderBy: { createdAt: "desc" }, take: MOST,
    }),
    db().approval.findMany({
      where: { state: "waiting", projectId: { in: idsWith("deployment.approve") } },
      select: { projectId: true, deploymentSlug: true, requestedBy: true, requestedAt: true, environment: { select: { name: true } } }, orderBy: { requestedAt: "desc" }, take: MOST,
    }),
    db().budgetAlert.findMany({
      where: { month, thresholdPercent: { gte: 80 }, environment: { projectId: { in: [...slugOf.keys()] } } }, distinct: ["environmentId"],
      select: { thresholdPercent: true, at: true, budgetUsd: true, environment: { select: { projectId: true, name: true } } }, orderBy: [{ environmentId: "asc" }, { thresholdPercent: "desc" }], take: MOST,
    }),
    db().upload.findMany({
      where: { projectId: { in: idsWith("model.write") }, actorId: actor.userId ?? actor.id, OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] },
      select: { projectId: true, sizeBytes: true, metadata: true, finishedAt: true, createdAt: true }, orderBy: { createdAt: "desc" }, take: MOST,
    }),
  ]);
  return [
    ...alerts.filter((a) => a.phase === "firing" && a.silence === null).slice(0, MOST).map((a) => ({ kind: "alert" as const, project: a.project, subject: a.subject, message: `${a.rule}: ${a.noData ?? a.text}`, since: a.since })),
    ...unwell.map((d) => ({ kind: d.phase === "Failed" ? ("failed" as const) : ("degraded" as const), project: slugOf.get(d.projectId)!, subject: d.slug, message: readStatus(d.status).message, since: d.statusChangedAt.toISOString() })),
    ...quarantined.map((v) => ({ kind: "quarantined" as const, project: slugOf.get(v.model.projectId)!, subject: v.model.slug, message: `Version ${v.number} by ${v.createdBy} carries code and waits for approval.`, since: v.createdAt.toISOString() })),
    ...approvals.map((a) => ({ kind: "approval" as const, project: slugOf.get(a.projectId)!, subject: a.deploymentSlug, message: `${a.requestedBy} waits for approval, in ${a.environment.name}.`, since: a.requestedAt.toISOString() })),
    ...budgets.map((b) => ({ kind: "budget" as const, project: slugOf.get(b.environment.projectId)!, subject: b.environment.name, message: `${b.thresholdPercent}% of the budget of ${formatMoney(b.budgetUsd.toNumber())} for ${monthInWords(month)} is spent.`, since: b.at.toISOString() })),
    ...uploads.map((u) => ({
      kind: "upload" as const, project: slugOf.get(u.projectId)!, subject: (u.metadata as UploadMetadata).filename,
      message: `${formatBytes(Number(u.sizeBytes))}, ${u.finishedAt ? "uploaded, but not made a version yet" : "not complete"}. Kept for ${RETENTION.uploadHours} hours.`, since: u.createdAt.toISOString(),
    })),
  ];
}
