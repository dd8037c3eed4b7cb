import { db, type Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** Whether a platform person has approved what a digest stands for, as a version of one of the project's models. Whatever registry holds it. */
export async function isImageApproved(tx: Pick<Tx, "modelVersion">, projectId: string, digest: string): Promise<boolean> {
  return (await tx.modelVersion.count({ where: { format: "image", state: "approved", digest, model: { projectId } } })) > 0;
}

/** An image set on a deployment runs code as a version does, so it waits for the same yes. Throws model_quarantined. */
export async function requireApprovedImage(tx: Pick<Tx, "modelVersion">, projectId: string, image: string | undefined): Promise<void> {
  if (image === undefined || (await isImageApproved(tx, projectId, image.slice(image.indexOf("@") + 1)))) return;
  const message = "This image is code that nobody has approved for this project. Import it as a version of a model; once a platform person has approved that version, the image may run here.";
  throw new AppError("model_quarantined", message, { fields: [{ path: "image", message: "is not approved in this project: import it as a version of a model, and have a platform person approve that" }] });
}

/** For who looks a tag up: whether a deployment would take the image it stands for. */
export const withApproval = async <T extends { digest: string }>(projectId: string, found: T): Promise<T & { approved: boolean }> => ({ ...found, approved: await isImageApproved(db(), projectId, found.digest) });
