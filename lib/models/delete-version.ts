import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { releaseBlobs } from "@/lib/models/release-blobs";

/** Deletes a version. Throws conflict while any revision of a deployment refers to it: a rollback may need it. */
export async function deleteVersion(actor: Actor, projectId: string, slug: string, number: number): Promise<void> {
  await db().$transaction(async (tx) => {
    const version = await tx.modelVersion.findFirst({
      where: { number, model: { projectId, slug } },
      select: { id: true, files: { select: { blobId: true } }, revisions: { take: 1, select: { number: true, deployment: { select: { slug: true } } } } },
    });
    if (!version) throw notFound("version");
    const use = version.revisions[0];
    if (use) throw new AppError("conflict", `Revision ${use.number} of deployment "${use.deployment.slug}" is made of this version. Delete the deployment first.`);
    await tx.modelVersion.delete({ where: { id: version.id } });
    await releaseBlobs(tx, projectId, version.files.map((f) => f.blobId));
    await writeAudit(tx, actor, { action: "version.delete", subject: { kind: "model", id: slug }, projectId, detail: { version: number } });
  });
}
