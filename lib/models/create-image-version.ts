import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { resolveImage } from "@/lib/images/resolve-image";
import type { ResolvedImage, resolveImageSchema } from "@/lib/images/schema";
import { presentVersion } from "@/lib/models/present-version";
import type { StoredInspection } from "@/lib/models/stored-inspection";

type Resolve = (projectId: string, input: z.output<typeof resolveImageSchema>) => Promise<ResolvedImage>;

/**
 * A container image as a version: by reference, its bytes stay at its registry. A tag becomes the digest it stands for now. An image is code,
 * so it is quarantined like other code until a platform person has approved it, and runs on a cluster only.
 */
export async function createImageVersion(actor: Actor, projectId: string, modelSlug: string, input: z.output<typeof resolveImageSchema>, resolve: Resolve = resolveImage) {
  if ((await db().model.count({ where: { projectId, slug: modelSlug } })) === 0) throw notFound("model");
  const found = await resolve(projectId, input);
  const platforms = found.platforms === null ? "" : ` It is made for ${found.platforms.join(", ") || "no platform that it names"}.`;
  const inspection: StoredInspection = {
    parameters: null, weightBytes: null, weightBytesByType: null, facts: {},
    findings: [{ severity: "warning", code: "container_image", message: `A container image runs code, and Slipway does not look into it.${platforms}` }],
  };
  const version = await db().$transaction(async (tx) => {
    const [model] = await tx.model.updateManyAndReturn({ where: { projectId, slug: modelSlug }, data: { lastVersion: { increment: 1 } } });
    if (!model) throw notFound("model");
    const made = await tx.modelVersion.create({
      data: {
        modelId: model.id, number: model.lastVersion, digest: found.digest, state: "quarantined", format: "image", sizeBytes: 0n, inspection,
        // `uri` is what runs (lib/deployments/check-revision.ts).
        source: { kind: "image", uri: found.image, ...(found.tag === null ? {} : { revision: found.tag }) }, createdById: actor.id, createdBy: actor.label,
      },
      include: { files: true },
    });
    await writeAudit(tx, actor, { action: "version.create", subject: { kind: "model", id: modelSlug }, projectId, detail: { version: made.number, digest: made.digest, state: made.state, format: made.format, image: found.image } });
    return made;
  });
  return presentVersion(version);
}
