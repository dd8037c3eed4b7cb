import { z } from "zod";
import type { Reply } from "@/lib/api/endpoint";
import type { Actor } from "@/lib/auth/actor";
import { resolveImageSchema } from "@/lib/images/schema";
import { createImageVersion } from "@/lib/models/create-image-version";
import { createVersionFromUploads } from "@/lib/models/version-from-uploads";
import { importRequestSchema } from "@/lib/models/import/schema";
import { queueImport } from "@/lib/models/import/queue-import";

export const startVersionSchema = z.union([
  z.strictObject({ uploadIds: z.array(z.uuid()).min(1).max(500) }),
  z.strictObject({ import: z.strictObject({ image: resolveImageSchema }) }),
  z.strictObject({ import: importRequestSchema }),
]);

/** A version from finished uploads or of a container image (201), or an import that a worker runs (202). */
export async function startVersion(actor: Actor, projectId: string, modelSlug: string, input: z.output<typeof startVersionSchema>): Promise<Reply> {
  if ("uploadIds" in input) return { status: 201, body: await createVersionFromUploads(actor, projectId, modelSlug, input.uploadIds) };
  if ("image" in input.import) return { status: 201, body: await createImageVersion(actor, projectId, modelSlug, input.import.image) };
  return { status: 202, body: await queueImport(actor, projectId, modelSlug, input.import) };
}
