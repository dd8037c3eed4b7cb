import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createVersion } from "@/lib/models/create-version";
import { modelPathSchema } from "@/lib/models/schema";
import { databaseUploads } from "@/lib/uploads/database-registry";
import type { UploadMetadata } from "@/lib/uploads/upload-registry";

/** Makes a version of finished resumable uploads. They stay while anything but the files themselves is at fault. */
export async function createVersionFromUploads(actor: Actor, projectId: string, modelSlug: string, uploadIds: string[]) {
  const ids = [...new Set(uploadIds)];
  const uploads = await db().upload.findMany({ where: { id: { in: ids }, projectId, actorId: actor.userId ?? actor.id } });
  const missing = ids.filter((id) => !uploads.some((u) => u.id === id));
  if (missing.length > 0) throw new AppError("invalid_request", `${missing.length} of the uploads do not exist, are not yours, or were removed after a day. Upload the files again.`, { fields: missing.map((id) => ({ path: "uploadIds", message: `no upload ${id}` })) });
  const unfinished = uploads.filter((u) => u.sha256 === null);
  if (unfinished.length > 0) throw new AppError("upload_incomplete", `${unfinished.length} of the uploads are not complete yet. Resume them first.`);
  const files = uploads.map((u) => {
    const metadata = u.metadata as UploadMetadata;
    const path = modelPathSchema.safeParse(metadata.path ?? metadata.filename);
    if (!path.success) throw new AppError("invalid_request", `The file name "${metadata.filename}" ${path.error.issues[0]!.message}.`);
    return { path: path.data, blobId: u.id, sizeBytes: Number(u.sizeBytes), sha256: u.sha256! };
  });
  try {
    return await createVersion(actor, {
      projectId, modelSlug, files: stripCommonFolder(files), keepOnFault: true,
      alsoInTransaction: async (tx) => {
        const taken = await tx.upload.deleteMany({ where: { id: { in: ids } } });
        if (taken.count !== ids.length) throw new AppError("conflict", "Another request is making a version of these uploads.");
        await tx.project.update({ where: { id: projectId }, data: { usedBytes: { decrement: uploads.reduce((sum, u) => sum + u.sizeBytes, 0n) } } });
      },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "model_refused") await Promise.all(ids.map((id) => databaseUploads.remove(id)));
    throw error;
  }
}

/** A dropped folder names itself in every path: `bert/model.onnx`, `bert/config.json` become `model.onnx`, `config.json`. */
function stripCommonFolder<T extends { path: string }>(files: T[]): T[] {
  const first = files[0]?.path.split("/")[0];
  const shared = files.every((f) => f.path.includes("/") && f.path.split("/")[0] === first);
  return shared ? files.map((f) => ({ ...f, path: f.path.slice(first!.length + 1) })) : files;
}
