import { decodeCursor, page } from "@/lib/api/cursor";
import type { IncidentDto } from "@/lib/alerts/schema";
import { db } from "@/lib/db/client";

export type AlertsQuery = { state: "firing" | "resolved" | "all"; deployment?: string; severity?: "critical" | "warning"; limit?: number; cursor?: string };
const MOST = 200;

/** Each time that a rule of these projects fired, newest first, with whether it is silenced and whether anything is known of it. */
export async function listAlerts(projectIds: string[], query: AlertsQuery, now = new Date()): Promise<{ items: IncidentDto[]; nextCursor: string | null }> {
  const limit = query.limit ?? MOST;
  const after = decodeCursor(query.cursor, ["uuid"]);
  const rows = await db().alertIncident.findMany({
    where: {
      projectId: { in: projectIds }, ...(query.state === "all" ? {} : { resolvedAt: query.state === "firing" ? null : { not: null } }),
      ...(query.deployment ? { deployment: query.deployment } : {}), ...(query.severity ? { severity: query.severity } : {}), ...(after ? { id: { lt: String(after[0]) } } : {}),
    },
    include: { project: { select: { slug: true } } }, orderBy: { id: "desc" }, take: limit + 1,
  });
  const [silences, states] = await Promise.all([
    db().alertSilence.findMany({ where: { projectId: { in: projectIds }, startsAt: { lte: now }, endsAt: { gt: now } } }), db().alertState.findMany({ where: { ruleId: { in: rows.flatMap((r) => (r.resolvedAt ? [] : r.ruleId ?? [])) } } }),
  ]);
  return page(rows, limit, (r) => [r.id], (r) => {
    const state = r.resolvedAt ? undefined : states.find((s) => s.ruleId === r.ruleId && s.subjectId === r.subjectId);
    return {
      id: r.id, project: r.project.slug, rule: r.ruleName, ruleId: r.ruleId, subject: r.subject, deployment: r.deployment, severity: r.severity, text: state?.noData ? r.text : state?.text ?? r.text, firedAt: r.firedAt.toISOString(), resolvedAt: r.resolvedAt?.toISOString() ?? null, resolution: r.resolution,
      silenced: silences.some((s) => s.projectId === r.projectId && (s.ruleId === null || s.ruleId === r.ruleId) && (s.deploymentId === null || s.deploymentId === r.subjectId)), noData: state?.noData ?? null,
    };
  });
}
