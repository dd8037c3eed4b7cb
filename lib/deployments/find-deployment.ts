import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** A deployment of a project by slug, with what reading its measures, costs and endpoint needs. Throws not_found. */
export async function findDeployment(projectId: string, slug: string) {
  const row = await db().deployment.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: {
      id: true, slug: true, projectId: true, desiredRevision: true, stableRevision: true,
      target: true, project: { select: { slug: true } },
      revisions: { select: { number: true, profile: true, version: { select: { format: true, inspection: true, sizeBytes: true } } }, orderBy: { number: "desc" } },
    },
  });
  if (!row) throw notFound("deployment");
  return row;
}
