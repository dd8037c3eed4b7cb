import { notFound } from "next/navigation";
import { cache } from "react";
import { slugSchema } from "@/lib/api/schema";
import { requirePageProject } from "@/lib/auth/page-session";
import type { Permission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/errors";
import { getModel } from "@/lib/models/get-model";

const read = cache((projectId: string, slug: string) => getModel(projectId, slug));

/** A page of a model: who looks, the project and the model. The not-found page where one of them is not there for the reader. */
export async function requirePageModel(params: Promise<{ project: string; model: string }>, permission: Permission = "model.read") {
  const { project: projectSlug, model: slug } = await params;
  const { actor, project } = await requirePageProject(projectSlug, permission);
  if (!slugSchema.safeParse(slug).success) notFound();
  const { model } = await read(project.id, slug).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return { actor, project, model };
}
