import type { ImportRequest } from "@/lib/models/import/schema";

/** Where an import comes from, fit to be shown and kept: a URL's query is left out, since signed URLs carry their signature there. */
export function sourceUri(request: ImportRequest): string {
  if ("huggingFace" in request) return `hf://${request.huggingFace.repo}@${request.huggingFace.revision}`;
  if ("s3" in request) return request.s3.uri;
  const url = new URL(request.url);
  return `${url.origin}${url.pathname}`;
}
