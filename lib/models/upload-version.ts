import { artifactStore } from "@/lib/artifacts/artifact-store";
import { receiveFile } from "@/lib/artifacts/receive-raw-file";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { incomingBody } from "@/lib/net/incoming-body";
import { quotaExceeded } from "@/lib/models/reserve-quota";
import { createVersion } from "@/lib/models/create-version";

/** Receives one raw body as a new version of one file. */
export async function uploadVersion(actor: Actor, projectId: string, modelSlug: string, filename: string, request: Request) {
  const model = await db().model.findUnique({ where: { projectId_slug: { projectId, slug: modelSlug } }, select: { project: { select: { quotaBytes: true, usedBytes: true } } } });
  if (!model) throw notFound("model");
  const body = incomingBody(request);
  if (!body) throw new AppError("invalid_request", "Send the file as the request's body.");
  const left = Number(model.project.quotaBytes - model.project.usedBytes);
  const length = request.headers.get("content-length");
  const expectedLength = length === null ? undefined : Number(length);
  if (left <= 0 || (expectedLength ?? 0) > left) {
    throw quotaExceeded(left);
  }
  const blob = await receiveFile(artifactStore(), body, { maxBytes: left, expectedLength, contentDigest: request.headers.get("content-digest"), signal: request.signal });
  return createVersion(actor, { projectId, modelSlug, files: [{ ...blob, path: filename }] });
}
