import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { announceTargets } from "@/lib/targets-catalogue/announce-target";

/**
 * Forgets a cluster and its credentials. Nothing on the cluster is touched, so it is refused while deployments are on it. Environments that
 * named it name none afterwards.
 */
export async function deleteTarget(actor: Actor, slug: string): Promise<void> {
  requirePermission(actor, "target.manage", null);
  await db().$transaction(async (tx) => {
    // Locks the row, so that no deployment can be created on it between the count and the deletion.
    const [row] = await tx.$queryRaw<{ id: string; kind: string }[]>`SELECT id::text, kind FROM "Target" WHERE slug = ${slug} FOR UPDATE`;
    if (!row) throw notFound("target");
    if (row.kind === "local") throw new AppError("unprocessable", "This machine is always a target; it cannot be taken away.");
    const deployments = await tx.deployment.findMany({ where: { targetId: row.id }, select: { slug: true, project: { select: { slug: true } } }, take: 4, orderBy: { slug: "asc" } });
    if (deployments.length > 0) {
      const named = deployments.slice(0, 3).map((d) => `${d.project.slug}/${d.slug}`).join(", ");
      throw new AppError("conflict", `Deployments are still on this target (${named}${deployments.length > 3 ? " and others" : ""}). Delete them, wait until they are gone, then disconnect it.`);
    }
    await tx.target.delete({ where: { id: row.id } });
    await announceTargets(tx);
    await writeAudit(tx, actor, { action: "target.delete", subject: { kind: "target", id: slug } });
  });
}
