import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { releaseBlobs } from "@/lib/models/release-blobs";

/** Deletes a model with its versions. Throws conflict while a deployment uses it. */
export async function deleteModel(actor: Actor, projectId: string, slug: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const model = await tx.model.findUnique({
      where: { projectId_slug: { projectId, slug } },
      select: { id: true, deployments: { select: { slug: true }, take: 3 }, versions: { select: { files: { select: { blobId: true } } } } },
    });
    if (!model) throw notFound("model");
    if (model.deployments.length > 0) {
      throw new AppError("conflict", `The model is deployed (${model.deployments.map((d) => d.slug).join(", ")}). Delete its deployments first.`);
    }
    await tx.model.delete({ where: { id: model.id } });
    await releaseBlobs(tx, projectId, model.versions.flatMap((v) => v.files.map((f) => f.blobId)));
    await writeAudit(tx, actor, { action: "model.delete", subject: { kind: "model", id: slug }, projectId, detail: { versions: model.versions.length } });
  });
}
