import { listAudit } from "@/lib/audit/list-audit";
import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { describeAction } from "@/lib/overview/describe-action";
import type { Activity } from "@/lib/overview/schema";
import type { ReadableProject } from "@/lib/projects/readable-projects";

const SHOWN = 12;
/** Signing in and out is in the audit log, and is not news. */
const NOT_NEWS = /^session\./;

/** What happened lately: who did what for readers of the audit log; for others what their deployments went through. */
export async function listActivity(actor: Actor, projects: readonly ReadableProject[]): Promise<Activity[]> {
  if (allows(actor, "audit.read", null)) {
    const { items } = await listAudit(actor, { limit: SHOWN * 4 });
    return items.filter((e) => !NOT_NEWS.test(e.action)).slice(0, SHOWN).map((e) => ({
      key: `audit:${e.seq}`, at: e.at, project: e.project, kind: e.subject.kind, subject: e.subject.id, message: describeAction(e.action, e.detail), by: e.actor.name, warning: false,
    }));
  }
  const slugOf = new Map(projects.map((p) => [p.id, p.slug]));
  const events = await db().deploymentEvent.findMany({
    where: { deployment: { projectId: { in: [...slugOf.keys()] } } }, orderBy: { id: "desc" }, take: SHOWN,
    select: { id: true, lastAt: true, type: true, message: true, deployment: { select: { slug: true, projectId: true } } },
  });
  return events.map((e) => ({
    key: `event:${e.id}`, at: e.lastAt.toISOString(), project: slugOf.get(e.deployment.projectId)!, kind: "deployment", subject: e.deployment.slug, message: e.message, by: null, warning: e.type !== "Normal",
  }));
}
