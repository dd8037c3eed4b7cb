import { conditionSchema, type ActiveAlertDto } from "@/lib/alerts/schema";
import { thresholdOf } from "@/lib/alerts/threshold";
import { db } from "@/lib/db/client";

/** More than anybody reads at once; the worst come first. */
const MOST = 500;
type Asked = { deployment?: string };

/** What fires, and what is about to, in these projects: firing before pending, critical before warning, the newest first. Five queries, whatever the number of rules. */
export async function listActive(projectIds: string[], asked: Asked = {}, now = new Date()): Promise<ActiveAlertDto[]> {
  const states = await db().alertState.findMany({
    where: { phase: { in: ["pending", "firing"] }, rule: { projectId: { in: projectIds } } },
    include: { rule: { select: { id: true, name: true, projectId: true, condition: true, severity: true, forSeconds: true, project: { select: { slug: true } } } } }, orderBy: [{ phase: "asc" }, { since: "desc" }], take: MOST,
  });
  const subjects = [...new Set(states.map((s) => s.subjectId))];
  const [deployments, environments, silences] = await Promise.all([
    db().deployment.findMany({ where: { id: { in: subjects }, projectId: { in: projectIds } }, select: { id: true, slug: true } }), db().environment.findMany({ where: { id: { in: subjects }, projectId: { in: projectIds } }, select: { id: true, slug: true } }),
    db().alertSilence.findMany({ where: { projectId: { in: projectIds }, startsAt: { lte: now }, endsAt: { gt: now } }, orderBy: { endsAt: "desc" } }),
  ]);
  const deploymentOf = new Map(deployments.map((d) => [d.id, d.slug]));
  const nameOf = new Map([...deployments, ...environments].map((s) => [s.id, s.slug]));
  return states.flatMap((s): ActiveAlertDto[] => {
    const { rule: r } = s;
    const subject = nameOf.get(s.subjectId);
    const deployment = deploymentOf.get(s.subjectId) ?? null;
    if (subject === undefined || (asked.deployment !== undefined && deployment !== asked.deployment)) return [];
    const condition = conditionSchema.parse(r.condition);
    const { limit, unit } = thresholdOf(condition);
    // The one that lasts longest says until when nobody is told.
    const silence = silences.find((x) => x.projectId === r.projectId && (x.ruleId === null || x.ruleId === r.id) && (x.deploymentId === null || x.deploymentId === s.subjectId));
    return [{
      project: r.project.slug, ruleId: r.id, rule: r.name, kind: condition.kind, subject, deployment, severity: r.severity as ActiveAlertDto["severity"], phase: s.phase as ActiveAlertDto["phase"], since: s.since.toISOString(),
      firesAt: s.phase === "pending" ? new Date(s.since.getTime() + r.forSeconds * 1000).toISOString() : null, value: s.noData === null ? s.value : null, threshold: limit, unit, text: s.text, noData: s.noData, seenAt: s.seenAt.toISOString(),
      silence: silence ? { id: silence.id, endsAt: silence.endsAt.toISOString(), reason: silence.reason, createdBy: silence.createdBy } : null,
    }];
  }).sort((a, b) => Number(b.phase === "firing") - Number(a.phase === "firing") || Number(b.severity === "critical") - Number(a.severity === "critical") || b.since.localeCompare(a.since));
}
