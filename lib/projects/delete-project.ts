import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

/** Deletes a project with its models, secrets and environments. Throws conflict while it has deployments: they may be serving. */
export async function deleteProject(actor: Actor, projectId: string): Promise<void> {
  requirePermission(actor, "project.delete", projectId);
  await db().$transaction(async (tx) => {
    // Locks the project's row, so that no deployment can be created between the count and the deletion.
    const [row] = await tx.$queryRaw<{ slug: string }[]>`SELECT slug FROM "Project" WHERE id = ${projectId}::uuid FOR UPDATE`;
    if (!row) throw notFound("project");
    const deployments = await tx.deployment.findMany({ where: { projectId }, select: { slug: true }, take: 4, orderBy: { slug: "asc" } });
    if (deployments.length > 0) {
      const named = deployments.slice(0, 3).map((d) => d.slug).join(", ");
      throw new AppError("conflict", `This project still has deployments (${named}${deployments.length > 3 ? " and others" : ""}). Delete them, wait until they are gone, then delete the project.`);
    }
    // Versions first: a file of one keeps its content from being deleted, and both would go with the project in no order of ours.
    await tx.modelVersion.deleteMany({ where: { model: { projectId } } });
    await tx.project.delete({ where: { id: projectId } });
    await writeAudit(tx, actor, { action: "project.delete", subject: { kind: "project", id: row.slug }, projectId });
  });
}
