import type { ProjectInfo } from "@/lib/api/endpoint";
import { db } from "@/lib/db/client";

/** The project with this slug, or null. For the edge: verbs get its id. */
export async function findProject(slug: string): Promise<ProjectInfo | null> {
  return db().project.findUnique({ where: { slug }, select: { id: true, slug: true, name: true } });
}
