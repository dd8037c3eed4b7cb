import { Readable } from "node:stream";
import { artifactStore } from "@/lib/artifacts/artifact-store";
import { parseRange } from "@/lib/artifacts/byte-range";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/**
 * The bytes of one file, whole or a range, if a revision of this deployment is made of it. A file of another deployment and one that is
 * not there answer alike.
 */
export async function serveArtifact(deploymentId: string, blobId: string, request: Request): Promise<Response> {
  const file = await db().modelFile.findFirst({
    where: { blobId, version: { revisions: { some: { deploymentId, deployment: { desiredState: { not: "deleted" } } } }, state: { not: "quarantined" } } },
    select: { sha256: true },
  });
  if (!file) throw notFound("file");
  const blob = await artifactStore().open(blobId);
  try {
    const size = blob.sizeBytes;
    const etag = `"${file.sha256}"`;
    const ifRange = request.headers.get("if-range");
    const range = parseRange(ifRange !== null && ifRange !== etag ? null : request.headers.get("range"), size);
    const headers = new Headers({ "content-type": "application/octet-stream", "accept-ranges": "bytes", etag, "cache-control": "private, no-store", "x-content-type-options": "nosniff" });
    if (range === null) {
      headers.set("content-range", `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range === "whole" ? { start: 0, end: size } : range;
    headers.set("content-length", String(end - start));
    if (range !== "whole") headers.set("content-range", `bytes ${start}-${end - 1}/${size}`);
    const body = size === 0 ? null : (Readable.toWeb(blob.stream({ start, end })) as ReadableStream<Uint8Array>);
    return new Response(body, { status: range === "whole" ? 200 : 206, headers });
  } finally {
    await blob.close();
  }
}
