import type { Actor } from "@/lib/auth/actor";
import { allows } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";

export type ReadableProject = { id: string; slug: string; name: string };

/** Projects whose deployments the actor may read, by slug: what pages across projects are about. */
export async function readableProjects(actor: Actor): Promise<ReadableProject[]> {
  const visible = actor.onlyProjectId ? { id: actor.onlyProjectId } : actor.instanceRole ? {} : { id: { in: [...actor.memberships.keys()] } };
  const rows = await db().project.findMany({ where: visible, select: { id: true, slug: true, name: true }, orderBy: { slug: "asc" } });
  return rows.filter((p) => allows(actor, "deployment.read", p.id));
}
