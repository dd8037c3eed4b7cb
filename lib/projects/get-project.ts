import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { presentProject } from "@/lib/projects/present-project";

export async function getProject(actor: Actor, projectId: string) {
  const row = await db().project.findUniqueOrThrow({ where: { id: projectId } });
  return { project: presentProject(actor, row), etag: `v${row.version}` };
}
