import { z } from "zod";
import { downloadToken } from "@/lib/artifacts/download-token";
import { isoTime } from "@/lib/api/schema";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

export const exchangeSchema = z.strictObject({ revision: z.number().int().min(1) }).meta({ id: "ArtifactExchange" });

export const exchangedSchema = z.object({
  token: z.string().meta({ description: "Good for the downloads named here, for a quarter of an hour" }), expiresAt: isoTime,
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number().int(), sha256: z.string(), url: z.string().meta({ description: "Path of the download, relative to this server" }) })),
}).meta({ id: "ArtifactList" });

/**
 * A short-lived download token and the files of a revision, for a pod of that deployment. Throws not_found when the deployment is gone or
 * has no such revision, and model_quarantined when the version may not run any more.
 */
export async function exchangeArtifactToken(deploymentId: string, revision: number, now: Date): Promise<z.input<typeof exchangedSchema>> {
  const row = await db().revision.findFirst({
    where: { deploymentId, number: revision, deployment: { desiredState: { not: "deleted" } } },
    select: { version: { select: { state: true, files: { orderBy: { path: "asc" }, select: { path: true, sizeBytes: true, sha256: true, blobId: true } } } } },
  });
  if (!row) throw notFound("revision");
  if (row.version.state === "quarantined") throw new AppError("model_quarantined", "This version may not run: it carries code and is not approved.");
  const { token, expiresAt } = downloadToken(deploymentId, now);
  return {
    token, expiresAt: expiresAt.toISOString(),
    files: row.version.files.map((f) => ({ path: f.path, sizeBytes: Number(f.sizeBytes), sha256: f.sha256, url: `/api/v1/artifacts/${f.blobId}` })),
  };
}
