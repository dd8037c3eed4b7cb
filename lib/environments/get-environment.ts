import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { environmentEtag, presentEnvironment, WITH_COUNT } from "@/lib/environments/present-environment";
import { notFound } from "@/lib/errors";

export async function getEnvironment(actor: Actor, projectId: string, slug: string) {
  requirePermission(actor, "project.read", projectId);
  const row = await db().environment.findUnique({ where: { projectId_slug: { projectId, slug } }, include: WITH_COUNT });
  if (!row) throw notFound("environment");
  return { environment: presentEnvironment(row), etag: environmentEtag(row) };
}
