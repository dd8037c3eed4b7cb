import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { presentEnvironment, WITH_COUNT } from "@/lib/environments/present-environment";

export async function listEnvironments(actor: Actor, projectId: string, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "project.read", projectId);
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().environment.findMany({ where: { projectId, ...(after ? { slug: { gt: String(after[0]) } } : {}) }, orderBy: { slug: "asc" }, take: query.limit + 1, include: WITH_COUNT });
  return page(rows, query.limit, (e) => [e.slug], presentEnvironment);
}
