import { listAudit } from "@/lib/audit/list-audit";
import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { describeAction } from "@/lib/overview/describe-action";
import type { Activity } from "@/lib/overview/schema";
import type { ReadableProject } from "@/lib/projects/readable-projects";

const SHOWN = 12;
/** In the audit log, and no news: signing in and out, and what a start does by itself. */
const NOT_NEWS = /^session\.|^token\.bootstrap/;
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[A-Za-z0-9_-]{24,}$/;

/** What happened lately: who did what for readers of the audit log; for others what their deployments went through. */
export async function listActivity(actor: Actor, projects: readonly ReadableProject[]): Promise<Activity[]> {
  if (allows(actor, "audit.read", null)) {
    const { items } = await listAudit(actor, { limit: SHOWN * 4 });
    return items.filter((e) => !NOT_NEWS.test(e.action)).slice(0, SHOWN).map((e) => ({
      key: `audit:${e.seq}`, at: e.at, project: e.project, kind: e.subject.kind, subject: nameOf(e), message: describeAction(e.action, e.detail), by: e.actor.name, warning: false,
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

/** The subject as people know it: its slug, or the name or address that the entry tells; nothing rather than an id. */
function nameOf({ subject, detail }: { subject: { id: string }; detail: Record<string, unknown> }): string {
  if (!ID.test(subject.id)) return subject.id;
  const told = detail.name ?? detail.email;
  return typeof told === "string" ? told : "";
}
