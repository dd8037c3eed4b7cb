import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { listActivity } from "@/lib/overview/list-activity";
import { listAttention } from "@/lib/overview/list-attention";
import type { Overview } from "@/lib/overview/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

/** What runs, what needs somebody, and what happened lately, over the projects the actor may read. Costs have their own path. */
export async function getOverview(actor: Actor, now = new Date()): Promise<Overview> {
  const projects = await readableProjects(actor);
  const ids = projects.map((p) => p.id);
  const [phases, models, attention, activity] = await Promise.all([
    db().deployment.groupBy({ by: ["projectId", "phase"], where: { projectId: { in: ids } }, _count: { _all: true } }),
    db().model.groupBy({ by: ["projectId"], where: { projectId: { in: ids } }, _count: { _all: true } }),
    listAttention(actor, projects, now),
    listActivity(actor, projects),
  ]);
  const modelsOf = new Map(models.map((m) => [m.projectId, m._count._all]));
  return {
    asOf: now.toISOString(), attention, activity, mayCreateProject: allows(actor, "project.create", null),
    projects: projects.map((p) => {
      const own = phases.filter((row) => row.projectId === p.id);
      return {
        project: p.slug, displayName: p.name, mayDeploy: allows(actor, "deployment.write", p.id) && allows(actor, "model.write", p.id), models: modelsOf.get(p.id) ?? 0,
        deployments: own.reduce((sum, row) => sum + row._count._all, 0), phases: Object.fromEntries(own.map((row) => [row.phase, row._count._all])),
      };
    }),
  };
}
