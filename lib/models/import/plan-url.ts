import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { openFromSource } from "@/lib/models/import/fetch-source";
import type { ImportPlan, ImportReach } from "@/lib/models/import/plan";
import { type urlImportSchema } from "@/lib/models/import/schema";
import { sourceUri } from "@/lib/models/import/source-uri";
import { modelPathSchema } from "@/lib/models/schema";

/** One file over https. Its size is known once it is opened; a URL has no revision. */
export function planUrl(request: z.output<typeof urlImportSchema>, reach: ImportReach): ImportPlan {
  const path = request.filename ?? lastPart(new URL(request.url).pathname);
  if (!modelPathSchema.safeParse(path).success) throw new AppError("invalid_request", "The URL does not end in a file name that can be used here. Give one as `filename`, such as model.onnx.");
  return {
    source: { kind: "https", uri: sourceUri(request), revision: null },
    files: [{
      path, sizeBytes: null, sha256: request.sha256?.toLowerCase() ?? null,
      open: (maxBytes, signal) => openFromSource(request.url, reach, { maxBytes, signal, what: "this file" }),
    }],
  };
}

function lastPart(pathname: string): string {
  try {
    return decodeURIComponent(pathname.split("/").at(-1) ?? "");
  } catch {
    return "";
  }
}
