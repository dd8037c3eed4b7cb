import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { AppError } from "@/lib/errors";
import { presentProject } from "@/lib/projects/present-project";
import type { createProjectSchema, ProjectDto } from "@/lib/projects/schema";
import { DEFAULT_PROJECT_QUOTA_BYTES } from "@/lib/retention";

/** Creates a project with its first environment. Throws already_exists when the name is taken. */
export async function createProject(actor: Actor, input: z.output<typeof createProjectSchema>): Promise<ProjectDto> {
  const row = await db().$transaction(async (tx) => {
    const project = await tx.project.create({
      data: {
        slug: input.name, name: input.displayName ?? input.name,
        quotaBytes: input.quotaBytes === undefined ? DEFAULT_PROJECT_QUOTA_BYTES : BigInt(input.quotaBytes),
        environments: { create: { slug: "dev", name: "Development" } },
      },
    });
    await writeAudit(tx, actor, { action: "project.create", subject: { kind: "project", id: project.slug }, projectId: project.id, detail: { quotaBytes: Number(project.quotaBytes) } });
    return project;
  }).catch(onUniqueViolation(() => new AppError("already_exists", `A project named "${input.name}" exists already. Choose another name.`)));
  return presentProject(actor, row);
}
