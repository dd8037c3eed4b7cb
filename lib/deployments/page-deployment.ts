import { notFound } from "next/navigation";
import { cache } from "react";
import { slugSchema } from "@/lib/api/schema";
import { requirePageProject } from "@/lib/auth/page-session";
import type { Permission } from "@/lib/auth/permissions";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { AppError } from "@/lib/errors";

const read = cache((projectId: string, slug: string) => getDeployment(projectId, slug));

/** A page of a deployment: who looks, the project, the deployment and its ETag. The not-found page where one of them is not there for the reader. */
export async function requirePageDeployment(params: Promise<{ project: string; deployment: string }>, permission: Permission = "deployment.read") {
  const { project: projectSlug, deployment: slug } = await params;
  const { actor, project } = await requirePageProject(projectSlug, permission);
  if (!slugSchema.safeParse(slug).success) notFound();
  const { deployment, etag } = await read(project.id, slug).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return { actor, project, deployment, etag };
}
