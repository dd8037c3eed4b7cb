import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { getVersion } from "@/lib/models/get-version";

/** Lets a quarantined version run, on a cluster only. */
export async function approveVersion(actor: Actor, projectId: string, slug: string, number: number) {
  await db().$transaction(async (tx) => {
    const version = await tx.modelVersion.findFirst({ where: { number, model: { projectId, slug } }, select: { id: true, digest: true } });
    if (!version) throw notFound("version");
    const changed = await tx.modelVersion.updateMany({
      where: { id: version.id, state: "quarantined" }, data: { state: "approved", approvedAt: new Date(), approvedById: actor.id, approvedBy: actor.label },
    });
    if (changed.count === 0) throw new AppError("conflict", "Only a quarantined version can be approved.");
    await writeAudit(tx, actor, { action: "version.approve", subject: { kind: "model", id: slug }, projectId, detail: { version: number, digest: version.digest } });
  });
  return getVersion(projectId, slug, number);
}
