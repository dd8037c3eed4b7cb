import { db } from "@/lib/db/client";
import { presentDeployment, ROW_SELECT } from "@/lib/deployments/present-deployment";
import { notFound } from "@/lib/errors";

const REVISION_SELECT = { number: true, runtime: true, config: true, version: { select: { number: true } }, profileRef: { select: { slug: true } } } as const;

/** One deployment, with the ETag its PATCH asks for. */
export async function getDeployment(projectId: string, slug: string) {
  const row = await db().deployment.findUnique({
    where: { projectId_slug: { projectId, slug } },
    select: { ...ROW_SELECT, stableRevision: true, canaryWeight: true, canaryPlan: true, canaryPaused: true, generation: true, observedGeneration: true, statusChangedAt: true },
  });
  const revision = row && (await db().revision.findUnique({ where: { deploymentId_number: { deploymentId: row.id, number: row.desiredRevision } }, select: REVISION_SELECT }));
  if (!row || !revision) throw notFound("deployment");
  return { deployment: presentDeployment(row, revision), etag: `g${row.generation}` };
}
