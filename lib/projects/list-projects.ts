import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { presentProject } from "@/lib/projects/present-project";

/** Projects the actor may see, by name. */
export async function listProjects(actor: Actor, query: { limit: number; cursor?: string }) {
  const after = decodeCursor(query.cursor, ["text"]);
  const visible = actor.onlyProjectId ? { id: actor.onlyProjectId } : actor.instanceRole ? {} : { id: { in: [...actor.memberships.keys()] } };
  const rows = await db().project.findMany({
    where: { ...visible, ...(after ? { slug: { gt: String(after[0]) } } : {}) },
    orderBy: { slug: "asc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (p) => [p.slug], (p) => presentProject(actor, p));
}
