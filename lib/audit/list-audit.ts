import type { z } from "zod";
import { decodeCursor, page } from "@/lib/api/cursor";
import type { auditQuery, AuditEntryDto } from "@/lib/audit/schema";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects/find-project";

/** The audit log, newest first. An action that ends in a dot stands for all that begin so. */
export async function listAudit(actor: Actor, query: z.output<typeof auditQuery>): Promise<{ items: AuditEntryDto[]; nextCursor: string | null }> {
  requirePermission(actor, "audit.read", null);
  const after = decodeCursor(query.cursor, ["whole"]);
  const project = query.project === undefined ? null : await findProject(query.project);
  if (query.project !== undefined && !project) throw notFound("project");
  const rows = await db().auditEntry.findMany({
    where: {
      ...(after ? { seq: { lt: BigInt(Math.trunc(Number(after[0])) || 0) } } : {}),
      ...(query.actor ? { actorId: query.actor } : {}),
      ...(query.action ? { action: /[.-]$/.test(query.action) ? { startsWith: query.action } : query.action } : {}),
      ...(project ? { projectId: project.id } : {}),
      ...(query.from || query.to ? { at: { ...(query.from ? { gte: query.from } : {}), ...(query.to ? { lt: query.to } : {}) } } : {}),
    },
    orderBy: { seq: "desc" }, take: query.limit + 1,
  });
  const ids = [...new Set(rows.flatMap((r) => r.projectId ?? []))];
  const slugs = new Map((await db().project.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } })).map((p) => [p.id, p.slug]));
  return page(rows, query.limit, (r) => [Number(r.seq)], (r) => ({
    seq: Number(r.seq), at: r.at.toISOString(), actor: { kind: r.actorKind, id: r.actorId, name: r.actorLabel }, action: r.action,
    subject: { kind: r.subjectKind, id: r.subjectId }, project: r.projectId ? (slugs.get(r.projectId) ?? null) : null, requestId: r.requestId,
    detail: r.detail as Record<string, unknown>, hash: r.hash,
  }));
}
