import { db } from "@/lib/db/client";
import { diagnose, type Diagnosis } from "@/lib/deployments/diagnose";
import type { Cause } from "@/lib/deployments/diagnosis";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { notFound } from "@/lib/errors";
import { targetOf } from "@/lib/targets/registry";

/**
 * Why a deployment is as it is: what is written down of it, and what its target sees at this moment, where it sees more. A target that
 * cannot be asked is what the answer says then; it is no error.
 */
export async function getDiagnosis(projectId: string, slug: string): Promise<Diagnosis> {
  const { deployment } = await getDeployment(projectId, slug);
  const written = diagnose(deployment);
  if (deployment.desiredState !== "running") return written;
  const row = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, target: true, project: { select: { slug: true } } } });
  if (!row) throw notFound("deployment");
  if (row.target.kind === "local") return written;
  const seen = await askTarget(row.target, { id: row.id, project: row.project.slug, projectId, deployment: slug });
  // The spec has not reached the cluster: nothing there can say why.
  const blocked = deployment.status.conditions.some((c) => c.type === "Progressing" && c.reason === "Blocked");
  return { ...written, cause: blocked ? written.cause : seen === "unreachable" ? written.cause : seen };
}

async function askTarget(row: Parameters<typeof targetOf>[0], ref: { id: string; project: string; projectId: string; deployment: string }): Promise<Cause | null | "unreachable"> {
  try {
    return (await targetOf(row).diagnose?.(ref)) ?? null;
  } catch {
    return "unreachable";
  }
}
